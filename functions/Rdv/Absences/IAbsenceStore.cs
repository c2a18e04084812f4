using NodaTime;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Absences;

/// <summary>Reads absences. They are written by <see cref="Transactions.ITransactions"/> only.</summary>
/// <remarks>Every member throws <see cref="StorageUnavailableException"/> when storage does not answer.</remarks>
public interface IAbsenceStore
{
    /// <summary>One point read; null when there never was one. One that was taken back is found.</summary>
    Task<Stored<Absence>?> FindAsync(Territory territory, AbsenceOwner owner, string id, CancellationToken cancellationToken);

    /// <summary>All that one has, those that were taken back too: one range query.</summary>
    Task<IReadOnlyList<Absence>> ListAsync(Territory territory, AbsenceOwner owner, CancellationToken cancellationToken);

    /// <summary>Those of a territory that say why, and ended before that wall time: one range query.</summary>
    Task<IReadOnlyList<Absence>> ListExplainedAsync(Territory territory, LocalDateTime endedBefore, CancellationToken cancellationToken);
}
