using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Waiting;

/// <summary>Reads the waiting lists. They are written by <see cref="Transactions.ITransactions"/> only.</summary>
/// <remarks>Every member throws <see cref="StorageUnavailableException"/> when storage does not answer.</remarks>
public interface IWaitingStore
{
    /// <summary>One point read; null when nobody of that id waits.</summary>
    Task<Stored<WaitingPerson>?> FindAsync(WaitingId id, CancellationToken cancellationToken);

    /// <summary>Everyone who waits in a territory, in no order: one range query.</summary>
    Task<IReadOnlyList<Stored<WaitingPerson>>> ListAsync(Territory territory, CancellationToken cancellationToken);
}
