using NodaTime;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Language;
using Rdv.Messages;

namespace Rdv.Invites;

/// <summary>What every mail that brings an invite, its update or its cancellation says: when, where, about what, and what more its subject has to say.</summary>
internal sealed record InviteFrame(string Kind, string Subject, string Opening, LocalDateTime Start, int Minutes, PlaceId PlaceId, string Topic)
{
    /// <summary>Null of a workshop.</summary>
    public AppointmentReference? Reference { get; init; }

    /// <summary>The same for every try of the same message: a mail that leaves twice is recognised by its readers.</summary>
    public required string Id { get; init; }

    /// <summary>An iCalendar object.</summary>
    public required string Calendar { get; init; }

    /// <summary>In the place of the address; null for the address of the place.</summary>
    public string? Where { get; init; }

    /// <summary>Before the hour.</summary>
    public string? Title { get; init; }

    /// <summary>After the topic.</summary>
    public IReadOnlyList<(string Label, string? Value)> More { get; init; } = [];

    /// <summary>Whole lines below.</summary>
    public IEnumerable<string> Below { get; init; } = [];

    public OutgoingMail ToMail(InviteTo to, RdvSettings settings) => new(
        Reference,
        Kind,
        to.Email,
        CalendarText.Line(to.Advisor.DisplayName),
        $"{Subject} : {FrenchDates.DateAndTime(Start)}",
        Text(to, settings),
        Calendar,
        Kind == MessageKinds.InviteCancel ? CalendarEvents.Cancel : CalendarEvents.Request,
        $"{Id}@{InviteAddress.Host(settings.MailFrom)}");

    private string Text(InviteTo to, RdvSettings settings)
    {
        (string Label, string? Value)[] lines =
        [
            ("Atelier", Title),
            ("Quand", $"{FrenchDates.DateWithYear(Start.Date)} {FrenchDates.At(Start.TimeOfDay)}, {Minutes} minutes"),
            ("Où", Where ?? to.Directory.Places.GetValueOrDefault(PlaceId)?.PostalLine),
            ("Sujet", Topics.Find(Topic)?.Label),
            .. More,
        ];
        return string.Join('\n', [
            "Bonjour,",
            "",
            Opening,
            "",
            .. lines.Where(line => !string.IsNullOrWhiteSpace(line.Value)).Select(line => $"{line.Label} : {CalendarText.Clean(line.Value)}"),
            .. Below,
            "",
            "Votre agenda se met à jour avec la pièce jointe. Vous n'avez pas à répondre à ce message.",
            $"Une question ? Appelez le {settings.HotlinePhone}.",
            ""]);
    }
}
