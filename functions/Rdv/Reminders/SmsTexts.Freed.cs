using Rdv.Booking;
using Rdv.Directory;
using Rdv.Waiting;

namespace Rdv.Reminders;

public static partial class SmsTexts
{
    private static readonly Saying[] FirstCome =
    [
        new(". La première personne qui répond l'aura. ", 0),
        new(". Premier arrivé, premier servi. ", 1),
        new(". Au premier qui répond. ", 3),
    ];

    /// <summary>To someone who waits: a slot is free, and the first to answer has it.</summary>
    public static string Freed(WaitingPerson person, Offer offer, TerritoryDirectory directory, RdvSettings settings, Links links)
    {
        var place = directory.Places.GetValueOrDefault(offer.PlaceId);
        var structure = Plain((directory.Advisors.GetValueOrDefault(offer.AdvisorId)?.StructureId ?? place?.StructureId) is { } id
            ? directory.Structures.GetValueOrDefault(id)?.Name
            : null);
        var when = When(offer.Start.InZone(person.Territory.Zone).LocalDateTime);
        var call = Call(Gsm7.ToGsm7(settings.HotlinePhone));
        var take = Take(Address(WaitingLink.Of(person, settings, links)));
        return Wording.Fit(Who(structure).Select(name => (Saying[][])[[name], Opened, when, Where(structure, name.Text, place), FirstCome, call, take]));
    }

    private static readonly Saying[] Opened =
    [
        new("une place se libère pour vous le ", 0),
        new("une place se libère ", 2),
        new("place libre ", 5),
    ];

    private static Saying[] Take(string link) =>
    [
        new($"Prendre ce rendez-vous: {link}", 0),
        new($"Prendre ce RDV: {link}", 1),
        new($"RDV: {link}", 6),
    ];
}
