using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Messages;

/// <summary>
/// Names one message: it travels with the SMS and comes back in its delivery report, so that no index is needed to find what a report is
/// about. It names no person.
/// </summary>
public sealed record MessageTag(Subject Subject, Instant DueAt, string Kind, Recipient Recipient, int Version)
{
    private const int MaxLength = 200;

    // As in the key of the due row, which knows seconds only.
    private static readonly InstantPattern Seconds = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss'Z'");

    public static MessageTag Of(DueMessage message) => new(message.Subject, message.DueAt, message.Kind, message.Recipient, message.Version);

    /// <summary><c>69|2026-11-23T09:00:00Z|K7Q29XM4|reminder|citizen|1</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Subject.Territory.Code}|{Seconds.Format(DueAt)}|{Subject.Code}|{Kind}|{Recipient}|{Version}");

    /// <returns>False for what is no tag of ours.</returns>
    public static bool TryParse(string? text, out MessageTag tag)
    {
        tag = null!;
        if (text is not { Length: > 0 and <= MaxLength }
            || text.Split('|') is not [var code, var dueAt, var subjectCode, var kind, var recipient, var number]
            || !Territory.TryParse(code, out var territory)
            || Seconds.Parse(dueAt) is not { Success: true, Value: var instant }
            || !Subject.TryFromCode(territory, subjectCode, out var subject)
            || !IsName(kind)
            || !IsName(recipient)
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return false;
        }

        tag = new MessageTag(subject, instant, kind, new Recipient(recipient), version);
        return true;
    }

    // Nothing else may get into the key of a row.
    private static bool IsName(string text) => text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or ':' or '_');
}
