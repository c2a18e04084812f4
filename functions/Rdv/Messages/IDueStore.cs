using NodaTime;
using Rdv.Territories;

namespace Rdv.Messages;

/// <summary>Reads and claims due messages. They are written, and settled, by <see cref="Transactions.ITransactions"/>.</summary>
/// <remarks>Every member throws <see cref="StorageUnavailableException"/> when storage does not answer.</remarks>
public interface IDueStore
{
    /// <summary>What is due at that instant or before, oldest first: one range query, whatever is stored for later.</summary>
    Task<IReadOnlyList<StoredDue>> ListAsync(Territory territory, Channel channel, Instant until, CancellationToken cancellationToken);

    /// <summary>One point read; null when it has been settled.</summary>
    Task<StoredDue?> FindAsync(DueMessage message, CancellationToken cancellationToken);

    /// <summary>What was due at that instant or before and still waits: one range query that brings keys only.</summary>
    Task<IReadOnlyList<WaitingMessage>> ListWaitingAsync(Territory territory, Channel channel, Instant until, CancellationToken cancellationToken);

    /// <summary>Writes a claim if nobody has touched the message since it was read; null when somebody has.</summary>
    Task<StoredDue?> ClaimAsync(StoredDue due, Claim claim, CancellationToken cancellationToken);
}
