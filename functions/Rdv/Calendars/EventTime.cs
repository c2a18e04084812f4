using NodaTime;
using NodaTime.Text;

namespace Rdv.Calendars;

/// <summary>A date or a time of an event, in the zone that it is meant in.</summary>
internal sealed record EventTime(LocalDateTime Local, bool IsDate, Func<LocalDateTime, Instant> Zone)
{
    private static readonly LocalDateTimePattern Time = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");
    private static readonly LocalDatePattern Date = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    public Instant At => Zone(Local);

    /// <exception cref="UnreadableCalendarException">It is neither.</exception>
    public static EventTime Parse(CalendarLine line, string value, CalendarZones zones)
    {
        var text = value.Trim();
        return Date.Parse(text) is { Success: true } date
            // A whole day is meant where the advisor is, whatever zone it is written in.
            ? new EventTime(date.Value.AtMidnight(), IsDate: true, zones.Own)
            : ParseLocal(text) is { } local
                ? new EventTime(local, IsDate: false, text.EndsWith('Z') ? CalendarZones.Utc : zones.Find(line.Parameter("TZID")))
                : throw new UnreadableCalendarException(CalendarFault.NotACalendar);
    }

    /// <returns>Null for what is no time.</returns>
    public static LocalDateTime? ParseLocal(string text) =>
        Time.Parse(text.TrimEnd('Z')) is { Success: true } time ? time.Value
        : Date.Parse(text) is { Success: true } date ? date.Value.AtMidnight()
        : null;
}
