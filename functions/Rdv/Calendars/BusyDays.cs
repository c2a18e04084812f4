using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;

namespace Rdv.Calendars;

/// <summary>When an advisor is busy elsewhere, day by day, on the grid of the agenda: what is inside a cell takes the whole cell.</summary>
/// <param name="window">The days that are asked for; what lies outside is left out.</param>
public sealed class BusyDays(DateTimeZone zone, DateInterval window)
{
    /// <summary>A day of more pieces is busy from the first to the last: a row of the agenda has an end.</summary>
    public const int MostPieces = 24;

    private readonly Dictionary<LocalDate, DayGrid> _days = [];

    private readonly Interval _span = new(zone.AtStartOfDay(window.Start).ToInstant(), zone.AtStartOfDay(window.End.PlusDays(1)).ToInstant());

    public Instant Start => _span.Start;

    public Instant End => _span.End;

    public DateInterval Window => window;

    public DayGrid On(LocalDate date) => _days.GetValueOrDefault(date);

    public void Add(Instant from, Instant to)
    {
        (from, to) = (Instant.Max(from, Start), Instant.Min(to, End));
        if (to <= from)
        {
            return;
        }

        // Each part in its own offset: the hour that comes twice is busy from its first minute to its last.
        foreach (var part in zone.GetZoneIntervals(new Interval(from, to)))
        {
            var begin = part.HasStart ? Instant.Max(from, part.Start) : from;
            var end = part.HasEnd ? Instant.Min(to, part.End) : to;
            Add(begin.WithOffset(part.WallOffset).LocalDateTime, end.WithOffset(part.WallOffset).LocalDateTime);
        }
    }

    /// <summary>The agenda's day with these hours in it, in the place of those that the calendar had there before.</summary>
    /// <returns>The very same day when nothing changes.</returns>
    public DayAgenda Lay(DayAgenda day, LocalDate date, string calendar)
    {
        var others = day.Entries.RemoveAll(entry => IsOf(entry, calendar));
        var pieces = Pieces(On(date));
        if (pieces.Count > MostPieces || (pieces.Count > 1 && others.Length + pieces.Count >= DayAgenda.MaxEntries))
        {
            pieces = [(pieces[0].From, pieces[^1].To)];
        }

        return day.Entries.Where(entry => IsOf(entry, calendar)).Select(entry => (entry.StartCell, entry.StartCell + entry.CellCount)).SequenceEqual(pieces)
            ? day
            : day with
            {
                Entries = [.. others
                    .Concat(pieces.Select(piece => new AgendaEntry(EntryKind.Calendar, piece.From, piece.To - piece.From, calendar)))
                    .OrderBy(entry => entry.StartCell)],
            };
    }

    internal static bool IsOf(AgendaEntry entry, string calendar) => entry.Kind == EntryKind.Calendar && entry.Id == calendar;

    private void Add(LocalDateTime from, LocalDateTime to)
    {
        for (var date = from.Date; date <= to.Date; date = date.PlusDays(1))
        {
            var first = date == from.Date ? DayGrid.CellOf(from.TimeOfDay) : 0;
            var last = date < to.Date ? DayGrid.Cells
                : DayGrid.IsOnGrid(to.TimeOfDay) ? DayGrid.CellOf(to.TimeOfDay)
                : DayGrid.CellOf(to.TimeOfDay) + 1;
            if (last > first)
            {
                _days[date] = On(date) | DayGrid.Range(first, last);
            }
        }
    }

    private static List<(int From, int To)> Pieces(DayGrid busy)
    {
        var pieces = new List<(int From, int To)>();
        for (var from = busy.Next(0); from >= 0;)
        {
            var to = (~busy).Next(from);
            to = to < 0 ? DayGrid.Cells : to;
            pieces.Add((from, to));
            from = to >= DayGrid.Cells ? -1 : busy.Next(to);
        }

        return pieces;
    }
}
