using Rdv.Territories;

namespace Rdv.Transactions;

public enum CommitOutcome
{
    Committed,

    /// <summary>A condition did not hold: nothing was written.</summary>
    Conflict,

    /// <summary>An answer was lost: it may have been written, or may be in a moment.</summary>
    Unknown,
}

/// <summary>Writes rows of one territory, all or none. <see cref="Writer"/> is what use cases write with.</summary>
public interface ITransactions
{
    /// <summary>Table Storage takes no more in an entity group transaction.</summary>
    const int MaxRows = 100;

    /// <summary>Of a directory: its revision is one more.</summary>
    const int MaxDirectoryRows = MaxRows - 1;

    /// <param name="writeId">Stored with one of the rows, so that the write can be recognised.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="MaxRows"/> rows: what may be long is split before.</exception>
    Task<CommitOutcome> CommitAsync(Territory territory, IReadOnlyList<RowWrite> writes, string writeId, CancellationToken cancellationToken);

    /// <summary>Whether those rows have been written under that id: one point read of the row that others touch least.</summary>
    /// <returns>False also when that row has been written again since, or when all rows were deletions.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    Task<bool> IsWrittenAsync(Territory territory, IReadOnlyList<RowWrite> writes, string writeId, CancellationToken cancellationToken);
}
