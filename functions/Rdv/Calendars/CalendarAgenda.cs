using NodaTime;
using Rdv.Agenda;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Calendars;

/// <summary>A calendar, with what it says of the days to come.</summary>
public sealed record ShownCalendar(OwnCalendar Calendar, double BusyHours, IReadOnlyList<CalendarConflict> Conflicts);

/// <summary>The part of an advisor's agenda that can be booked, and what their own calendars have in it.</summary>
public sealed class CalendarAgenda(IAgendaStore agenda, RdvSettings settings, IClock clock)
{
    /// <summary>From today to the last day that can be booked.</summary>
    public DateInterval Window(Territory territory)
    {
        var today = clock.GetCurrentInstant().InZone(territory.Zone).Date;
        return new DateInterval(today, today.PlusDays(settings.HorizonDays));
    }

    /// <summary>One point read a month.</summary>
    public async Task<IReadOnlyList<StoredMonth>> ReadAsync(Territory territory, AdvisorId advisor, DateInterval window, CancellationToken cancellationToken) =>
        await Task.WhenAll(Horizon.Months(window.Start, window.End).Select(month => agenda.ReadMonthAsync(territory, advisor, month, cancellationToken)));

    /// <param name="months">As they are, or as they will be.</param>
    public ShownCalendar Show(OwnCalendar calendar, IEnumerable<AgendaMonth> months)
    {
        var (window, known) = (Window(calendar.Territory), months.ToList());
        var cells = known
            .SelectMany(month => month.Days.Where(day => window.Contains(month.Month.OnDayOfMonth(day.Key))))
            .SelectMany(day => day.Value.Entries)
            .Where(entry => BusyDays.IsOf(entry, calendar.Id))
            .Sum(entry => entry.Minutes);
        return new ShownCalendar(
            calendar, cells / 60.0, CalendarConflict.Among(known, calendar.Id, calendar.Territory, clock.GetCurrentInstant()));
    }

    /// <summary>The days that change when these hours take the place of those that the calendar had there.</summary>
    /// <param name="busy">Null when nothing is to be left of it.</param>
    /// <returns>What is to be written, and the months as they will be.</returns>
    internal static (IReadOnlyList<RowWrite> Rows, IReadOnlyList<AgendaMonth> Months) Lay(
        string calendar, BusyDays? busy, DateInterval window, IReadOnlyList<StoredMonth> months)
    {
        busy ??= new BusyDays(DateTimeZone.Utc, window);
        var (rows, after) = (new List<RowWrite>(), new List<AgendaMonth>());
        foreach (var month in months)
        {
            var changed = new Dictionary<int, DayAgenda>();
            foreach (var date in window.Where(date => date.ToYearMonth() == month.Month))
            {
                var day = month.Day(date);
                if (busy.Lay(day, date, calendar) is var laid && laid != day)
                {
                    changed[date.Day] = laid;
                }
            }

            if (changed.Count > 0)
            {
                rows.Add(month.Write(changed, month.HoursVersion));
            }

            after.Add(new AgendaMonth(
                month.AdvisorId,
                month.Month,
                month.Days.Where(day => !changed.ContainsKey(day.Key)).Concat(changed).ToDictionary(day => day.Key, day => day.Value),
                month.HoursVersion));
        }

        return (rows, after);
    }
}
