using Rdv.Territories;

namespace Rdv.Absences;

/// <summary>Reads absences. They are written by <see cref="Transactions.ITransactions"/> only.</summary>
/// <remarks>Every member throws <see cref="StorageUnavailableException"/> when storage does not answer.</remarks>
public interface IAbsenceStore
{
    /// <summary>One point read; null when there is none.</summary>
    Task<Absence?> FindAsync(Territory territory, AbsenceOwner owner, string id, CancellationToken cancellationToken);
}
