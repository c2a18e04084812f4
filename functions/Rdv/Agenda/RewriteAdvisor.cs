using NodaTime;
using Rdv.Directory;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Agenda;

public abstract record RewriteOutcome
{
    private RewriteOutcome()
    {
    }

    /// <param name="Months">The months of the horizon as they were read, from today's.</param>
    public sealed record Rewritten(Advisor Advisor, IReadOnlyList<AgendaMonth> Months) : RewriteOutcome;

    public sealed record NotFound : RewriteOutcome;

    public sealed record Busy : RewriteOutcome;
}

/// <summary>
/// Rewrites what the agenda depends on in an advisor's row. The row takes a new version of the hours, and every month of the horizon is
/// touched with it in the same transaction: a booking that was checked against the older hours finds its month changed, and reads again.
/// </summary>
public sealed class RewriteAdvisor(
    IDirectoryStore store, IAgendaStore agenda, ITransactions transactions, ITerritoryDirectories directories, RdvSettings settings, IClock clock)
{
    /// <param name="change">Null when there is nothing to change. The version of the hours rises by itself.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<RewriteOutcome> ExecuteAsync(
        Territory territory, AdvisorId id, Func<Advisor, Advisor?> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Retries.MaxAttempts; attempt++)
        {
            if (await store.FindAdvisorAsync(territory, id, cancellationToken) is not { Value: var advisor, ETag: var etag })
            {
                return new RewriteOutcome.NotFound();
            }

            var today = clock.GetCurrentInstant().InZone(territory.Zone).Date;
            var months = await Task.WhenAll(Horizon.Months(today, today.PlusDays(settings.HorizonDays))
                .Select(month => agenda.ReadMonthAsync(territory, id, month, cancellationToken)));
            if (change(advisor) is not { } changed)
            {
                return new RewriteOutcome.Rewritten(advisor, months);
            }

            changed = changed with { HoursVersion = advisor.HoursVersion + 1 };
            var outcome = await transactions.CommitAsync(
                territory,
                [
                    new RowWrite.Replace(changed, etag),
                    .. months.Select(month => month.Write(new Dictionary<int, DayAgenda>(), changed.HoursVersion)),
                ],
                cancellationToken);
            if (outcome == CommitOutcome.Committed)
            {
                await ReloadAsync(territory, cancellationToken);
                return new RewriteOutcome.Rewritten(changed, months);
            }

            await Retries.PauseAsync(attempt, cancellationToken);
        }

        return new RewriteOutcome.Busy();
    }

    private async Task ReloadAsync(Territory territory, CancellationToken cancellationToken)
    {
        try
        {
            await directories.ReloadAsync(territory, cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            // It is written, which "nothing was done" would deny; a read that failed is not kept, so that the next one reads again.
        }
    }
}
