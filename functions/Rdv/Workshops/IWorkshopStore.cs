using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Workshops;

/// <summary>Reads workshops. They are written by <see cref="Transactions.ITransactions"/> only.</summary>
public interface IWorkshopStore
{
    /// <summary>One point read; null when there is none.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    Task<Stored<Workshop>?> ReadAsync(Territory territory, WorkshopId id, CancellationToken cancellationToken);
}
