using Rdv.Messages;
using Rdv.Pages.Shared;
using Rdv.Territories;

namespace Rdv.Pages.Hotline;

/// <summary>What became of the SMS to a person, in one line: an operator is asked "I got nothing".</summary>
internal static class SentWords
{
    /// <returns>Null when none was for them yet.</returns>
    public static string? Of(IEnumerable<MessageLog> messages, Territory territory)
    {
        var words = messages
            .Where(message => message.Channel == Channel.Sms && message.Recipient == Recipient.Citizen)
            .OrderBy(message => message.At)
            .Select(message => (Kind: KindOf(message.Kind), State: StateOf(message.Known), message.At))
            .Where(message => message.Kind is not null && message.State is not null)
            .Select(message => $"{message.Kind}, {message.State} {Words.Moment(message.At.InZone(territory.Zone).LocalDateTime)}")
            .ToList();
        return words.Count == 0 ? null : "SMS\u00a0: " + string.Join("\u00a0; ", words) + ".";
    }

    private static string? KindOf(string kind) => MessageKinds.Base(kind) switch
    {
        MessageKinds.Confirmation => "confirmation",
        MessageKinds.Reminder => "rappel",
        MessageKinds.Move => "changement",
        MessageKinds.Link => "lien",
        _ => null,
    };

    private static string? StateOf(MessageState state) => state switch
    {
        MessageState.Sent => "envoyé",
        MessageState.Delivered => "arrivé",
        MessageState.Failed or MessageState.Late => "pas arrivé",
        MessageState.Unknown => "peut-être pas arrivé",
        _ => null,
    };
}
