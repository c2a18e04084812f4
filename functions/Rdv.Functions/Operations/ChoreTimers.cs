using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Dispatch;
using Rdv.Load;
using Rdv.Privacy;
using Rdv.Quotas;

namespace Rdv.Functions.Operations;

/// <summary>What has to be done at a time and is no message.</summary>
public sealed class ChoreTimers(
    RunChores runChores, FreezeDays freezeDays, FreezeSums freezeSums, ForgetDays forgetDays, IQuotaStore quotas, IPrivacyLog privacyLog, IClock clock)
{
    /// <summary>Every three minutes: who changed something has done at once what cannot wait (docs/adr/0014).</summary>
    [Function("DoChores")]
    public Task DoChoresAsync([TimerTrigger("30 */3 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        runChores.ExecuteAsync(cancellationToken);

    /// <summary>Every hour: it is past midnight at another hour in each territory, from Tahiti to Wallis.</summary>
    [Function("FreezeYesterday")]
    public Task FreezeYesterdayAsync([TimerTrigger("0 10 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => Task.WhenAll(
        FreezeAsync(cancellationToken),
        forgetDays.ExecuteAsync(cancellationToken),
        // Nobody's address, hashed as it is, is kept longer than the limit needs; nor who has looked into whose data, longer than a year.
        quotas.ForgetAsync(clock.GetCurrentInstant(), cancellationToken),
        privacyLog.ForgetAsync(clock.GetCurrentInstant() - Duration.FromDays(365), cancellationToken));

    /// <summary>What was offered is frozen before it is summed.</summary>
    private async Task FreezeAsync(CancellationToken cancellationToken)
    {
        var said = await freezeDays.ExecuteAsync(cancellationToken);
        await freezeSums.ExecuteAsync(said, cancellationToken);
    }
}
