using NodaTime;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Agenda;

/// <summary>
/// Rewrites what the agenda depends on in a structure's row. As with opening hours, the months of each of its advisors are touched with a new
/// version: another instance, which still offers by the old row, finds the month changed and reads the directory again.
/// </summary>
/// <remarks>
/// One transaction; several where the structure has more advisors than one can hold. The structure's row is in the first: a newer version
/// in a month sends a reader to the directory, who must find there what the version announces. The other way round, it would take the
/// versions for known with the old row beside them. Until the last is written, nothing has been answered, and whoever is booked with an
/// advisor whose turn has not come was booked before the change. A repeated call goes through the later ones again: the first may have
/// been killed between them.
/// </remarks>
public sealed class RewriteStructure(IDirectoryStore store, IAgendaStore agenda, Writer writer, ITerritoryDirectories directories, IEnumerable<IChoreHandler> handlers)
{
    /// <summary>Their own rows and their months, beside the structure's and the chore that offers what is opened.</summary>
    public static int AdvisorsAtOnce(int months) => (ITransactions.MaxDirectoryRows - 2) / (1 + months);

    /// <param name="change">Null when there is nothing to change.</param>
    /// <param name="months">In which it may be booked; none when nothing can be.</param>
    /// <param name="opened">Offers what the change opens for these advisors; null when it opens nothing.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<Structure>> ExecuteAsync(
        Territory territory, StructureId id, Func<Structure, Structure?> change, IReadOnlyList<YearMonth> months, CancellationToken cancellationToken, Func<IReadOnlyList<AdvisorId>, Chore?>? opened = null)
    {
        // As stored: an import may have added some a moment ago.
        List<AdvisorId> advisors = months.Count == 0 ? [] : [.. (await store.ReadAsync(territory, cancellationToken)).AdvisorsOf(id).Select(advisor => advisor.Id)];
        var groups = advisors.Chunk(AdvisorsAtOnce(months.Count)).ToList();
        var chore = opened?.Invoke(advisors);
        var result = await writer.WriteAsync<Written>(
            territory,
            async token =>
            {
                if (await store.FindStructureAsync(territory, id, token) is not { Value: var structure, ETag: var etag })
                {
                    return new Refusal.NotFound();
                }

                return change(structure) is not { } changed
                    ? new Written(structure, IsChanged: false)
                    : new Decision<Written>.Write(
                        [
                            new RowWrite.Replace(changed, etag),
                            .. await TouchAsync(territory, groups.FirstOrDefault() ?? [], months, token),
                            .. OpenedHours.Rows(chore),
                        ],
                        new Written(changed, IsChanged: true));
            },
            cancellationToken);
        foreach (var group in result.Refusal is null ? groups.Skip(1) : [])
        {
            await writer.WriteAsync<bool>(
                territory, async token => new Decision<bool>.Write(await TouchAsync(territory, group, months, token), true), cancellationToken);
        }

        await directories.TryReloadAsync(territory, cancellationToken);
        if (chore is not null && result.Succeeded(out var written) && written.IsChanged)
        {
            await handlers.RunNowAsync(chore, cancellationToken);
        }

        return result.Map(done => done.Structure);
    }

    private async Task<IReadOnlyList<RowWrite>> TouchAsync(
        Territory territory, IEnumerable<AdvisorId> advisors, IReadOnlyList<YearMonth> months, CancellationToken cancellationToken) =>
        [.. (await Task.WhenAll(advisors.Select(async advisor =>
        {
            var read = await Task.WhenAll(months.Select(month => agenda.ReadMonthAsync(territory, advisor, month, cancellationToken)));
            return await store.FindAdvisorAsync(territory, advisor, cancellationToken) is { } stored
                ? RewriteAdvisor.Rows(RewriteAdvisor.Risen(stored.Value, read), stored.ETag, read)
                : [];
        }))).SelectMany(rows => rows)];

    private sealed record Written(Structure Structure, bool IsChanged);
}
