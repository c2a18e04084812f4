using NodaTime;
using Rdv.Territories;

namespace Rdv.Chores;

/// <summary>Reads chores. They are written, and done, by <see cref="Transactions.ITransactions"/>.</summary>
/// <remarks>Every member throws <see cref="StorageUnavailableException"/> when storage does not answer.</remarks>
public interface IChoreStore
{
    /// <summary>What is due at that instant or before, oldest first: one range query, whatever is stored for later.</summary>
    Task<IReadOnlyList<Chore>> ListAsync(Territory territory, Instant until, CancellationToken cancellationToken);

    /// <summary>Whether nobody has done it yet: one point read.</summary>
    Task<bool> IsPendingAsync(Chore chore, CancellationToken cancellationToken);

    /// <summary>The chore with what is left of it; null when somebody has done it: one point read.</summary>
    Task<Stored<Chore>?> FindAsync(Chore chore, CancellationToken cancellationToken);
}
