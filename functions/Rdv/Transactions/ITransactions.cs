using Rdv.Territories;

namespace Rdv.Transactions;

public enum CommitOutcome
{
    Committed,

    /// <summary>A condition did not hold: nothing was written now, or an earlier try of this very write had succeeded. Read again.</summary>
    Conflict,

    /// <summary>The answer was lost: it may have been written. Read again.</summary>
    Unknown,
}

/// <summary>Writes rows of one territory, all or none.</summary>
public interface ITransactions
{
    /// <summary>At most 100 rows (Table Storage, entity group transactions).</summary>
    Task<CommitOutcome> CommitAsync(Territory territory, IReadOnlyList<RowWrite> writes, CancellationToken cancellationToken);
}
