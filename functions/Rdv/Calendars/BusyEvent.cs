using NodaTime;

namespace Rdv.Calendars;

/// <summary>What an event of a calendar says of when its owner is busy.</summary>
internal sealed class BusyEvent
{
    // Longer than any event; a wall time so far ahead is none.
    private const int MostDays = 20 * 366;

    private readonly EventTime _start;
    private readonly Length _length;
    private readonly IReadOnlyList<Recurrence> _rules;
    private readonly IReadOnlyList<(EventTime Start, Length? Length)> _dates;
    private readonly IReadOnlyList<EventTime> _except;

    private BusyEvent(CalendarBlock block, CalendarZones zones, CalendarLine start)
    {
        _start = EventTime.Parse(start, start.Value, zones);
        Uid = block.Find("UID")?.Value ?? "";
        _length = LengthOf(block, zones);
        _rules = [.. block.All("RRULE").Select(line => Recurrence.Parse(line.Value))];
        _dates = [.. block.All("RDATE").SelectMany(line => line.Value.Split(','), (line, value) => DateOf(line, value, zones))];
        _except = [.. block.All("EXDATE").SelectMany(line => line.Value.Split(','), (line, value) => EventTime.Parse(line, value, zones))];
        Replaces = block.Find("RECURRENCE-ID") is { } id ? EventTime.Parse(id, id.Value, zones) : null;
        IsBusy = !Says("STATUS", "CANCELLED") && !Says("TRANSP", "TRANSPARENT") && !Says("X-MICROSOFT-CDO-BUSYSTATUS", "FREE");

        bool Says(string property, string word) => string.Equals(block.Find(property)?.Value, word, StringComparison.OrdinalIgnoreCase);
    }

    public string Uid { get; }

    public bool IsBusy { get; }

    /// <summary>The occurrence of the event of the same name that this one stands for: moved, changed, or cancelled.</summary>
    public EventTime? Replaces { get; }

    /// <returns>Null when it does not say when it is.</returns>
    /// <exception cref="UnreadableCalendarException">It says it in no way that there is.</exception>
    public static BusyEvent? Parse(CalendarBlock block, CalendarZones zones) =>
        block.Find("DTSTART") is { Value.Length: > 0 } start ? new BusyEvent(block, zones, start) : null;

    /// <summary>When it is, in no order.</summary>
    /// <param name="elsewhere">The occurrences that other events stand for.</param>
    /// <param name="from">Those that end before need not be told.</param>
    /// <param name="to">Those that begin after are not.</param>
    public IEnumerable<(Instant From, Instant To)> Occurrences(IReadOnlyCollection<EventTime> elsewhere, Instant from, Instant to)
    {
        var except = _except.Concat(elsewhere).ToList();
        var (instants, dates) = (except.Where(time => !time.IsDate).Select(time => time.At).ToHashSet(), except.Where(time => time.IsDate).Select(time => time.Local.Date).ToHashSet());
        foreach (var (start, length) in _dates.Where(date => IsThere(date.Start.Local, date.Start.At)))
        {
            if (Of(start.Local, start.Zone, length ?? _length) is var listed && listed.To > from)
            {
                yield return listed;
            }
        }

        // The first one counts, whatever the rule says of it.
        var local = _start.Local;
        if (IsThere(local, _start.At) && Of(local, _start.Zone, _length) is var first && first.To > from)
        {
            yield return first;
        }

        // A day either way: wall time is compared with an instant.
        var earliest = from.InUtc().LocalDateTime.PlusDays(-2) - _length.Days - Period.FromSeconds((long)_length.Time.TotalSeconds);
        foreach (var next in _rules.SelectMany(rule => rule.From(local, earliest, _start.Zone).TakeWhile(next => _start.Zone(next) < to)).Where(next => next > local))
        {
            if (IsThere(next, _start.Zone(next)))
            {
                yield return Of(next, _start.Zone, _length);
            }
        }

        bool IsThere(LocalDateTime wall, Instant at) => !dates.Contains(wall.Date) && !instants.Contains(at);
    }

    private static (Instant From, Instant To) Of(LocalDateTime start, Func<LocalDateTime, Instant> zone, Length length) =>
        (zone(start), zone(start + length.Days) + length.Time);

    private Length LengthOf(CalendarBlock block, CalendarZones zones)
    {
        if (block.Find("DTEND") is { } line)
        {
            var end = EventTime.Parse(line, line.Value, zones);
            return end.At <= _start.At ? new Length(Period.Zero, Duration.Zero)
                : _start.IsDate ? new Length(Period.FromDays(Period.DaysBetween(_start.Local.Date, end.Local.Date)), Duration.Zero)
                : new Length(Period.Zero, end.At - _start.At);
        }

        return block.Find("DURATION") is { } duration ? DurationOf(duration.Value) : new Length(Period.FromDays(_start.IsDate ? 1 : 0), Duration.Zero);
    }

    private static Length DurationOf(string text)
    {
        try
        {
            var duration = Ical.Net.DataTypes.Duration.Parse(text.Trim()) ?? throw new UnreadableCalendarException(CalendarFault.NotACalendar);
            if (duration.ToTimeSpanUnspecified().TotalDays > MostDays)
            {
                throw new UnreadableCalendarException(CalendarFault.NotACalendar);
            }

            return duration.Sign < 0
                ? new Length(Period.Zero, Duration.Zero)
                : new Length(
                    Period.FromDays(((duration.Weeks ?? 0) * 7) + (duration.Days ?? 0)),
                    Duration.FromHours(duration.Hours ?? 0) + Duration.FromMinutes(duration.Minutes ?? 0) + Duration.FromSeconds(duration.Seconds ?? 0));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            throw new UnreadableCalendarException(CalendarFault.NotACalendar, exception);
        }
    }

    private static (EventTime Start, Length? Length) DateOf(CalendarLine line, string value, CalendarZones zones)
    {
        if (value.Split('/', 2) is not [var from, var to])
        {
            return (EventTime.Parse(line, value, zones), null);
        }

        var start = EventTime.Parse(line, from, zones);
        return (start, to.Contains('P', StringComparison.Ordinal) ? DurationOf(to) : new Length(Period.Zero, EventTime.Parse(line, to, zones).At - start.At));
    }

    /// <summary>How long it is each time: so many days of the wall, and an exact time (RFC 5545, 3.8.5.3).</summary>
    private sealed record Length(Period Days, Duration Time);
}
