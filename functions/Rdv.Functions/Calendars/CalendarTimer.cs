using Microsoft.Azure.Functions.Worker;
using Rdv.Calendars;

namespace Rdv.Functions.Calendars;

/// <summary>Every minute, the calendars of those whose minute it is: each at most every quarter of an hour.</summary>
public sealed class CalendarTimer(ReadCalendars read)
{
    [Function("ReadCalendars")]
    public Task RunAsync([TimerTrigger("45 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) => read.ExecuteAsync(cancellationToken);
}
