using Rdv.Booking;
using Rdv.Directory;

namespace Rdv.Dispatch;

/// <summary>A message that is to leave now, with what is true now.</summary>
/// <param name="Kind">What is sent: not always the kind that was due, since several due messages may have become one.</param>
public sealed record MessageToSend(string Kind, Recipient Recipient, Appointment Appointment, TerritoryDirectory Directory, Claim Claim);

/// <summary>Decides and writes the messages of one channel, and hands them to its gateway.</summary>
public interface IMessageSender
{
    Channel Channel { get; }

    /// <param name="due">What is due to one recipient about one appointment, by version. Never empty.</param>
    /// <param name="appointment">As it is now.</param>
    MessageDecision Decide(IReadOnlyList<StoredDue> due, Appointment appointment);

    Task<SendResult> SendAsync(MessageToSend message, CancellationToken cancellationToken);
}

/// <summary>What to do with what is due to one recipient.</summary>
public abstract record MessageDecision
{
    private MessageDecision()
    {
    }

    public sealed record Send(string Kind) : MessageDecision;

    /// <summary>Nothing to say: something newer is true, or the recipient never heard of what has been undone.</summary>
    public sealed record Drop : MessageDecision;

    /// <summary>A newer message for this recipient was written after the list was read: judge them together at the next run.</summary>
    public sealed record Wait : MessageDecision;
}
