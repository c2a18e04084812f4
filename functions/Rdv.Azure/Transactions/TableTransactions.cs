using Azure;
using Azure.Data.Tables;
using Rdv.Azure.Directory;
using Rdv.Azure.Tables;
using Rdv.Directory;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Azure.Transactions;

/// <summary>Commits rows as one entity group transaction.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions</remarks>
/// <param name="metrics">Null in a restore, which nobody watches.</param>
public sealed class TableTransactions(RdvTable table, RdvMetrics? metrics = null) : ITransactions
{
    /// <summary>The column of the one row of a transaction by which its write is recognised.</summary>
    public const string WriteId = "WriteId";

    public async Task<CommitOutcome> CommitAsync(
        Territory territory, IReadOnlyList<RowWrite> writes, string writeId, CancellationToken cancellationToken)
    {
        var actions = writes.Select(write => ToAction(territory, write)).ToList();
        if (writes.Any(write => write.Row is IDirectoryRow))
        {
            actions.Add(new(TableTransactionActionType.UpsertReplace, new TableEntity(territory.Code, DirectoryRows.Revision)));
        }

        // The service refuses more; the emulator does not, so it is checked here.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(actions.Count, ITransactions.MaxRows, nameof(writes));
        if (actions.Select(action => action.Entity.RowKey).Distinct().Count() != actions.Count)
        {
            throw new InvalidOperationException("A transaction takes each row once.");
        }

        if (Witness(writes) is { } witness)
        {
            ((TableEntity)actions[witness].Entity)[WriteId] = writeId;
        }

        var count = SendCount.Start();
        try
        {
            await RdvTable.AskAsync("A transaction", () => table.Client.SubmitTransactionAsync(actions, cancellationToken), cancellationToken);
            return CommitOutcome.Committed;
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412)
        {
            metrics?.Conflict(exception.Status);
            return count.Sent == 1 ? CommitOutcome.Conflict : CommitOutcome.Unknown;
        }
        catch (StorageUnavailableException)
        {
            return CommitOutcome.Unknown;
        }
    }

    public async Task<bool> IsWrittenAsync(
        Territory territory, IReadOnlyList<RowWrite> writes, string writeId, CancellationToken cancellationToken) =>
        Witness(writes) is { } witness
        && ToEntity(territory, writes[witness].Row) is { } entity
        && await table.FindAsync(entity.PartitionKey, entity.RowKey, [WriteId], cancellationToken) is { } row
        && row.GetString(WriteId) == writeId;

    /// <summary>The row that bears the id: one that others do not touch, or the first that is not deleted.</summary>
    private static int? Witness(IReadOnlyList<RowWrite> writes)
    {
        int? first = null;
        for (var i = 0; i < writes.Count; i++)
        {
            if (writes[i] is RowWrite.Delete)
            {
                continue;
            }

            if (RowFormat.Find(writes[i].Row.GetType()).IsLasting)
            {
                return i;
            }

            first ??= i;
        }

        return first;
    }

    private static TableEntity ToEntity(Territory territory, IRow row) => RowFormat.Find(row.GetType()).Write(territory, row);

    private static TableTransactionAction ToAction(Territory territory, RowWrite write)
    {
        var entity = ToEntity(territory, write.Row);
        return write switch
        {
            RowWrite.Insert or RowWrite.Merge { ETag: null } => new(TableTransactionActionType.Add, entity),
            RowWrite.Put => new(
                RowFormat.Find(write.Row.GetType()).IsPart ? TableTransactionActionType.UpsertMerge : TableTransactionActionType.UpsertReplace, entity),
            RowWrite.Replace { ETag: var etag } => new(TableTransactionActionType.UpdateReplace, entity, Condition(etag)),
            RowWrite.Merge { ETag: var etag } => new(TableTransactionActionType.UpdateMerge, entity, Condition(etag)),
            RowWrite.Delete { ETag: var etag } => new(TableTransactionActionType.Delete, entity, Condition(etag)),
            _ => throw new ArgumentOutOfRangeException(nameof(write)),
        };
    }

    private static ETag Condition(string? etag) => etag is null ? ETag.All : new ETag(etag);
}
