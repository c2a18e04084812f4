using NodaTime;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Agenda;

/// <param name="Months">The months of the horizon as they were read, from today's.</param>
public sealed record AdvisorRewritten(Advisor Advisor, IReadOnlyList<StoredMonth> Months)
{
    /// <summary>What comes of the change besides: what was opened is offered, and who was told a link that is no longer the one is told again.</summary>
    internal IReadOnlyList<Chore> FollowUps { get; init; } = [];
}

/// <summary>
/// Rewrites what the agenda depends on in an advisor's row. The row takes a new version of the hours, and every month of the horizon is
/// touched with it in the same transaction: a booking that was checked against the older hours finds its month changed, and reads again.
/// </summary>
public sealed class RewriteAdvisor(
    IDirectoryStore store, IAgendaStore agenda, Writer writer, ITerritoryDirectories directories, IEnumerable<IChoreHandler> handlers, RdvSettings settings, IClock clock)
{
    /// <param name="change">Null when there is nothing to change. The version of the hours rises by itself.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public Task<Result<AdvisorRewritten>> ExecuteAsync(
        Territory territory, AdvisorId id, Func<Advisor, Advisor?> change, CancellationToken cancellationToken) =>
        ExecuteAsync(territory, id, change, new AdvisorChange(), cancellationToken);

    /// <inheritdoc cref="ExecuteAsync(Territory, AdvisorId, Func{Advisor, Advisor?}, CancellationToken)"/>
    internal async Task<Result<AdvisorRewritten>> ExecuteAsync(
        Territory territory, AdvisorId id, Func<Advisor, Advisor?> change, AdvisorChange how, CancellationToken cancellationToken)
    {
        var result = await writer.WriteAsync<AdvisorRewritten>(
            territory,
            async token =>
            {
                if (await store.FindAdvisorAsync(territory, id, token) is not { } stored)
                {
                    return new Refusal.NotFound();
                }

                var now = clock.GetCurrentInstant();
                var today = now.InZone(territory.Zone).Date;
                var months = await Task.WhenAll(Horizon.Months(today, today.PlusDays(settings.HorizonDays))
                    .Select(month => agenda.ReadMonthAsync(territory, id, month, token)));
                if (change(stored.Value) is not { } changed)
                {
                    return new AdvisorRewritten(stored.Value, months);
                }

                // Only now: what is repeated after a lost answer is there already, under a newer version.
                if (how.Version is { } seen && seen != stored.Value.HoursVersion)
                {
                    return new Refusal.Stale();
                }

                if (how.DryRun)
                {
                    return new AdvisorRewritten(changed with { HoursVersion = stored.Value.HoursVersion }, months);
                }

                changed = Risen(changed with { HoursVersion = stored.Value.HoursVersion }, months);
                var opened = OpenedHours.Between(stored.Value, changed, today, today.PlusDays(settings.HorizonDays))
                    .ToChore(OpenedHours.SubjectOf(territory, id.Value), changed.HoursVersion, now);
                Chore[] followUps = [.. new[] { opened, VideoLinkChore.Of(territory, stored.Value, changed, now) }.OfType<Chore>()];
                return new Decision<AdvisorRewritten>.Write(
                    [.. Rows(changed, stored.ETag, months), .. followUps.Select(chore => new RowWrite.Put(chore))],
                    new AdvisorRewritten(changed, months) { FollowUps = followUps });
            },
            cancellationToken);
        await directories.TryReloadAsync(territory, cancellationToken);
        if (result.Succeeded(out var rewritten))
        {
            foreach (var chore in rewritten.FollowUps)
            {
                await handlers.RunNowAsync(chore, cancellationToken);
            }
        }

        return result;
    }

    /// <summary>With a version above its own, and above what any writer of these months has known: it never goes back.</summary>
    internal static Advisor Risen(Advisor advisor, IEnumerable<AgendaMonth> months) =>
        advisor with { HoursVersion = months.Select(month => month.HoursVersion).Append(advisor.HoursVersion).Max() + 1 };

    /// <summary>The advisor's row, and the months that carry its version.</summary>
    internal static IReadOnlyList<RowWrite> Rows(Advisor risen, string etag, IEnumerable<StoredMonth> months) =>
    [
        new RowWrite.Replace(risen, etag),
        .. months.Select(month => month.Write(new Dictionary<int, DayAgenda>(), risen.HoursVersion)),
    ];
}
