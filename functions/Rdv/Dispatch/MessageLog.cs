using NodaTime;

namespace Rdv.Dispatch;

/// <summary>What is known of a message that was due.</summary>
public enum MessageState
{
    Due,
    Sent,
    Delivered,
    Failed,
    Unknown,

    /// <summary>Nothing was sent, because something newer was true: the appointment had been moved or cancelled.</summary>
    Superseded,

    /// <summary>Nothing was sent, because it was too late to be of use.</summary>
    Late,
}

/// <summary>What became of one message. It names no person.</summary>
/// <param name="ProviderId">What a delivery report will name.</param>
/// <param name="Reason">Why it failed.</param>
public sealed record MessageLog(
    Subject Subject,
    Channel Channel,
    string Kind,
    Recipient Recipient,
    int Version,
    Instant At,
    MessageState State,
    string? ProviderId = null,
    string? Reason = null);
