using NodaTime;
using Rdv.Territories;

namespace Rdv.Chores;

/// <summary>Reads chores. They are written, and done, by <see cref="Transactions.ITransactions"/>.</summary>
public interface IChoreStore
{
    /// <summary>What is due at that instant or before, oldest first: one range query, whatever is stored for later.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    Task<IReadOnlyList<Chore>> ListAsync(Territory territory, Instant until, CancellationToken cancellationToken);

    /// <summary>Whether it is still to be done: one point read.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    Task<bool> IsDueAsync(Chore chore, CancellationToken cancellationToken);
}
