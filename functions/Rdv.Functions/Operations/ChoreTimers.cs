using Microsoft.Azure.Functions.Worker;
using Rdv.Chores;
using Rdv.Load;

namespace Rdv.Functions.Operations;

/// <summary>What has to be done at a time and is no message.</summary>
public sealed class ChoreTimers(RunChores runChores, FreezeDays freezeDays)
{
    [Function("DoChores")]
    public Task DoChoresAsync([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        runChores.ExecuteAsync(cancellationToken);

    /// <summary>Every hour: it is past midnight at another hour in each territory, from Tahiti to Wallis.</summary>
    [Function("FreezeYesterday")]
    public Task FreezeYesterdayAsync([TimerTrigger("0 10 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        freezeDays.ExecuteAsync(cancellationToken);
}
