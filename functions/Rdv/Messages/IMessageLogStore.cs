namespace Rdv.Messages;

/// <summary>Reads what became of a message. It is written by <see cref="Transactions.ITransactions"/> only.</summary>
/// <remarks>Every member throws <see cref="StorageUnavailableException"/> when storage does not answer.</remarks>
public interface IMessageLogStore
{
    /// <summary>One point read; null when nothing is known of it yet.</summary>
    Task<Stored<MessageLog>?> FindAsync(MessageTag message, CancellationToken cancellationToken);

    /// <summary>Whether it still waits to be sent, or to be settled: one point read.</summary>
    Task<bool> IsDueAsync(MessageTag message, CancellationToken cancellationToken);
}
