using System.Globalization;
using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Territories;

namespace Rdv.Calendars;

/// <summary>Something that is booked in Rdv at an hour at which the advisor's own calendar says that they are busy. It stays booked.</summary>
/// <param name="Entry">An appointment or a workshop.</param>
/// <param name="Start">Wall time.</param>
public sealed record CalendarConflict(AgendaEntry Entry, LocalDateTime Start)
{
    /// <summary>What the advisor was told of: the same appointment at another hour is another conflict.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Entry.Id}:{Start.Month:D2}{Start.Day:D2}{Entry.StartCell:D3}");

    /// <summary>Of one calendar, from now on, by time.</summary>
    public static IReadOnlyList<CalendarConflict> Among(IEnumerable<AgendaMonth> months, string calendar, Territory territory, Instant now)
    {
        var wall = now.InZone(territory.Zone).LocalDateTime;
        return [.. months
            .SelectMany(month => month.Days, (month, day) => (Date: month.Month.OnDayOfMonth(day.Key), day.Value.Entries))
            .SelectMany(day => Of(day.Date, day.Entries, calendar))
            .Where(conflict => conflict.Start > wall)
            .OrderBy(conflict => conflict.Start)];
    }

    private static IEnumerable<CalendarConflict> Of(LocalDate date, IReadOnlyCollection<AgendaEntry> entries, string calendar)
    {
        var busy = entries.Where(entry => BusyDays.IsOf(entry, calendar)).Aggregate(default(DayGrid), (grid, entry) => grid | entry.Grid);
        return entries
            .Where(entry => entry.Kind is EntryKind.Appointment or EntryKind.Workshop && !(entry.Grid & busy).IsEmpty)
            .Select(entry => new CalendarConflict(entry, date.At(DayGrid.TimeOf(entry.StartCell))));
    }
}
