using Rdv.Ids;

namespace Rdv.Messages;

/// <summary>Reads, judges and writes the messages of one channel about one kind of subject, and hands them to its gateway.</summary>
public interface IMessageSender
{
    Channel Channel { get; }

    SubjectKind About { get; }

    /// <summary>Reads the subject as it is now, and decides: one point read.</summary>
    /// <param name="due">What is due to one recipient about one subject, by version. Never empty.</param>
    /// <returns>Null when there is no such subject.</returns>
    Task<PreparedMessage?> PrepareAsync(IReadOnlyList<StoredDue> due, CancellationToken cancellationToken);
}

/// <summary>What is to leave now, with what is true now.</summary>
/// <param name="Send">Given what is sent (<see cref="MessageDecision.Send.Kind"/>) and the try that is under way.</param>
public sealed record PreparedMessage(MessageDecision Decision, Func<string, Claim, CancellationToken, Task<SendResult>> Send)
{
    /// <summary>What else it tells of, of what is due <see cref="StoredDue.Beside"/> it: once it has left, that need not leave any more.</summary>
    public IReadOnlyList<DueMessage> Told { get; init; } = [];

    public static PreparedMessage Nothing { get; } =
        new(new MessageDecision.Drop(), (_, _, _) => throw new InvalidOperationException("There is nothing to send."));
}

/// <summary>What to do with what is due to one recipient.</summary>
public abstract record MessageDecision
{
    private MessageDecision()
    {
    }

    /// <param name="Kind">What is sent: not always the kind that was due, since several due messages may have become one.</param>
    public sealed record Send(string Kind) : MessageDecision;

    /// <summary>Nothing to say: something newer is true, or the recipient never heard of what has been undone.</summary>
    public sealed record Drop : MessageDecision;

    /// <summary>A newer message for this recipient was written after the list was read: judge them together at the next run.</summary>
    public sealed record Wait : MessageDecision;
}
