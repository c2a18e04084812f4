using NodaTime;
using Rdv.Ids;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Messages;

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

/// <summary>What the provider's report says of a message that left.</summary>
/// <param name="Reason">Why it did not arrive: a code, never the provider's words.</param>
public sealed record MessageReport(bool Delivered, Instant At, string? ProviderId, string? Reason);

/// <summary>What became of one message. It names no person.</summary>
/// <param name="At">When it was settled; of one that is not, when it was asked for or reported.</param>
/// <param name="State">What we know of its sending; <see cref="MessageState.Due"/> until it is settled.</param>
/// <param name="ProviderId">What a delivery report will name.</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="By">Who asked for it, when someone did.</param>
/// <param name="Report">What the provider said afterwards.</param>
public sealed record MessageLog(
    Subject Subject,
    Channel Channel,
    string Kind,
    Recipient Recipient,
    int Version,
    Instant At,
    MessageState State,
    string? ProviderId = null,
    string? Reason = null,
    Actor? By = null,
    MessageReport? Report = null) : IRow
{
    /// <summary>Who of the staff has asked for it; null when nobody has.</summary>
    public string? Who { get; init; } = By is null ? null : Acting.Who;

    /// <summary>Where SMS are not promised to arrive: see <see cref="SendResult.Sent.MayNotArrive"/>.</summary>
    public const string MayNotArrive = "may-not-arrive";

    /// <summary>The message about another appointment of the same person on that day has told of this one.</summary>
    public const string ToldWithAnother = "told-with-another";

    /// <summary>The last word: a report knows better than the sender.</summary>
    public MessageState Known => Report switch
    {
        null => State,
        { Delivered: true } => MessageState.Delivered,
        _ => MessageState.Failed,
    };
}

/// <summary>What became of a message, without what a report has said of it: that stays as it is.</summary>
public sealed record MessageSettlement(MessageLog Log) : IRow;

/// <summary>What the provider reports of a message, without what became of it here: that stays as it is.</summary>
public sealed record ReportedMessage(MessageTag Message, MessageReport Report) : IRow;
