using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Messages;
using Rdv.Waiting;

namespace Rdv.Sms;

public static partial class SmsTexts
{
    private static readonly Saying[] Opened =
    [
        new("Une place se libère pour vous: ", 0),
        new("Une place se libère: ", 1),
        new("Place libre: ", 4),
    ];

    private static readonly Saying[] OpenedSeat =
    [
        new("Une place se libère dans l'atelier: ", 0),
        new("Place libre dans l'atelier: ", 1),
    ];

    private static readonly Saying[] OpenedCourse =
    [
        new("Une place se libère dans le cours, dès le ", 0),
        new("Place libre dans le cours dès le ", 1),
    ];

    private static readonly Saying[] OpenedEarlier =
    [
        new("Une place se libère avant votre rendez-vous: ", 0),
        new("Une place se libère avant votre RDV: ", 1),
        new("Place libre avant votre RDV: ", 4),
    ];

    /// <summary>To someone who waits: a slot is free, and the first who takes it has it.</summary>
    /// <param name="isCourse">The seat is in each session of a course, which begins with the offer.</param>
    public static string Freed(WaitingPerson person, Offer offer, TerritoryDirectory directory, RdvSettings settings, Links links, bool isCourse = false)
    {
        var place = directory.Places.GetValueOrDefault(offer.PlaceId);
        var structure = (directory.Advisors.GetValueOrDefault(offer.AdvisorId)?.StructureId ?? place?.StructureId) is { } id
            ? directory.Structures.GetValueOrDefault(id)
            : null;
        var where = new Whereabouts(place, structure);
        var when = When(offer.Start.InZone(person.Territory.Zone).LocalDateTime);
        var hotline = Gsm7.ToGsm7(settings.HotlinePhone);
        var opening = isCourse ? OpenedCourse : person.Workshop is not null ? OpenedSeat : person.InPlaceOf is null ? Opened : OpenedEarlier;
        var link = Address(WaitingLink.Of(person, settings, links));
        var call = person.Means == Means.Phone ? CallNamed(hotline) : Call(hotline);
        var (at, who) = person.Means switch
        {
            Means.Phone => ([.. Calls(person.Citizen.Phone, Recipient.Citizen)], where.Sender()),
            Means.Video => ([new(", en vidéo", 0)], where.Sender()),
            Means.Home => (AtHome(Recipient.Citizen), where.Sender()),
            _ => (where.Place(), where.Who()),
        };
        return Wording.Fit([opening, when, at, Stop, who, call, person.Workshop is null ? Take(link) : TakeSeat(link)]);
    }

    // Never "the first who answers": it would be an answer to the SMS, and the sender is one way. Nor "au premier arrivé" alone, beside an
    // address and an hour: people would go there and wait for the door to open.
    private static Saying[] Take(string link) =>
    [
        new($"Elle est à la première personne qui la prend. Prendre ce rendez-vous: {link}", 0),
        new($"Premier arrivé, premier servi. Prendre ce RDV: {link}", 1),
        new($"Prendre ce RDV s'il est encore libre: {link}", 3),
        new($"Réserver: {link}", 8),
    ];

    private static Saying[] TakeSeat(string link) =>
    [
        new($"Elle est à la première personne qui la prend. Prendre cette place: {link}", 0),
        new($"Premier arrivé, premier servi. Prendre la place: {link}", 1),
        new($"Prendre la place si elle est encore libre: {link}", 3),
        new($"Réserver: {link}", 8),
    ];
}
