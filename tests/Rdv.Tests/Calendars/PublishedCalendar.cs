using NodaTime;
using Rdv.Calendars;

namespace Rdv.Tests.Calendars;

/// <summary>What is published at every address: one busy hour, or nothing that answers.</summary>
internal sealed class PublishedCalendar : ICalendarSource
{
    /// <summary>Of the hour; null when nobody answers.</summary>
    public Instant? Start { get; set; } = Instant.FromUtc(2000, 1, 1, 0, 0);

    public Task<CalendarAnswer> ReadAsync(Uri address, CalendarState? known, CancellationToken cancellationToken) => Task.FromResult<CalendarAnswer>(Start is { } start
        ? new CalendarAnswer.Read(
            $"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:{start.ToDateTimeUtc():yyyyMMdd'T'HHmmss'Z'}\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR\n",
            new CalendarState("\"1\"", "Fri, 20 Nov 2026 09:00:00 GMT"))
        : new CalendarAnswer.Failed(CalendarFault.NoAnswer));
}
