using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using Rdv.Messages;

namespace Rdv.Local.Dev;

/// <summary>What the demonstration page shows. Its texts are for someone who does not know the software.</summary>
public sealed partial record DevPageModel(
    string Now,
    bool ClockRefused,
    IReadOnlyList<DevPageModel.Phone> Phones,
    IReadOnlyList<DevPageModel.Sms> Conversation,
    int HiddenSms,
    IReadOnlyList<DevPageModel.Mail> Mails,
    int HiddenMails,
    IReadOnlyList<DevPageModel.RoleLink> Roles,
    string? MailCatcher)
{
    private const int MostPhones = 12;
    private const int MostMessages = 40;

    private static readonly Dictionary<string, string> Kinds = new()
    {
        [MessageKinds.Confirmation] = "Confirmation",
        [MessageKinds.Reminder] = "Rappel",
        [MessageKinds.Cancellation] = "Annulation",
        [MessageKinds.Move] = "Changement d'horaire",
        [MessageKinds.Freed] = "Place libérée",
        [MessageKinds.Link] = "Lien retrouvé",
        [MessageKinds.Invite] = "Invitation",
        [MessageKinds.InviteUpdate] = "Invitation modifiée",
        [MessageKinds.InviteCancel] = "Invitation annulée",
        [MessageKinds.Day] = "Programme du jour",
        [MessageKinds.Calendar] = "Agenda personnel",
    };

    /// <param name="messages">All of them, in order.</param>
    /// <param name="chosen">Which phone is shown, by its rank of first message; null for the one that received the last.</param>
    internal static DevPageModel Of(
        IReadOnlyList<OutboxMessage> messages, Instant now, LocalAddresses addresses, int? chosen, bool clockRefused)
    {
        var sms = messages.Where(message => message.Channel == "sms").ToArray();
        var numbers = sms.Select(message => message.To).Distinct().ToList();
        var current = chosen is { } rank && rank < numbers.Count ? numbers[rank] : sms.LastOrDefault()?.To;
        var conversation = sms.Where(message => message.To == current).ToArray();
        var mails = messages.Where(message => message.Channel == "mail").Reverse().ToArray();
        return new(
            FrenchTime.Long(now),
            clockRefused,
            [
                .. sms.Reverse().Select(message => message.To).Distinct().Take(MostPhones)
                    .Select(number => new Phone(numbers.IndexOf(number), Readable(number), number == current)),
            ],
            [.. conversation.TakeLast(MostMessages).Select(message => new Sms(FrenchTime.Short(message.SentAt), KindOf(message), Parts(message.Text)))],
            Math.Max(0, conversation.Length - MostMessages),
            [.. mails.Take(MostMessages).Select(MailOf)],
            Math.Max(0, mails.Length - MostMessages),
            [
                new("Habitant", "Prendre rendez-vous en ligne.", addresses.Site),
                new("Accueil téléphonique", "Répondre à un appel et trouver un créneau.", addresses.Hotline),
                new("Conseiller", "L'agenda d'un conseiller numérique.", addresses.Advisor),
                new("Structure", "L'activité du lieu qui accueille.", addresses.Structure),
                new("Administration", "Importer, chercher, donner des accès.", "/gestion"),
                new("Quelqu'un d'autre", "Choisir une personne de l'équipe.", "/dev/sign-in"),
            ],
            addresses.Mail);
    }

    private static Mail MailOf(OutboxMessage message)
    {
        var calendar = message.Text.IndexOf("BEGIN:VCALENDAR", StringComparison.Ordinal);
        return new(
            message.To,
            FrenchTime.Short(message.SentAt),
            KindOf(message),
            message.Subject ?? KindOf(message),
            Parts((calendar < 0 ? message.Text : message.Text[..calendar]).Trim()),
            calendar < 0 ? null : message.Text[calendar..].Trim());
    }

    private static string KindOf(OutboxMessage message) => Kinds.GetValueOrDefault(MessageKinds.Base(message.Kind), message.Kind);

    private static string Readable(string number) =>
        number.StartsWith("+33", StringComparison.Ordinal) && number.Length == 12
            ? string.Create(CultureInfo.InvariantCulture, $"0{number[3]} {number[4..6]} {number[6..8]} {number[8..10]} {number[10..]}")
            : number;

    /// <summary>The text, cut where a link begins and ends.</summary>
    private static List<Part> Parts(string text)
    {
        var parts = new List<Part>();
        var position = 0;
        foreach (Match link in Link().Matches(text))
        {
            parts.Add(new(text[position..link.Index], IsLink: false));
            parts.Add(new(link.Value, IsLink: true));
            position = link.Index + link.Length;
        }

        parts.Add(new(text[position..], IsLink: false));
        return parts;
    }

    // A full stop or a bracket after a link belongs to the sentence.
    [GeneratedRegex(@"https?://[^\s<>""]*[^\s<>"".,;:!?)\]]")]
    private static partial Regex Link();

    public sealed record Phone(int Rank, string Number, bool Current);

    public sealed record Sms(string At, string Kind, IReadOnlyList<Part> Text);

    /// <param name="Calendar">The invite as calendars read it; null when the mail carries none.</param>
    public sealed record Mail(string To, string At, string Kind, string Subject, IReadOnlyList<Part> Text, string? Calendar);

    public sealed record Part(string Text, bool IsLink);

    public sealed record RoleLink(string Name, string What, string Address);
}
