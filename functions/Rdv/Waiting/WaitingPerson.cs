using NodaTime;
using Rdv.Agenda;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;
using Rdv.Transactions;
using Rdv.Workshops;

namespace Rdv.Waiting;

/// <summary>Someone for whom nothing was free, and who asked to be called: on the waiting list until they have booked or do not wait any more.</summary>
/// <param name="Insee">The commune from which they searched; null when only the territory is known.</param>
/// <param name="Topic">Topic id.</param>
/// <param name="Note">What they wrote; up to 500 characters.</param>
/// <param name="AskedBy">Themselves on the web, or the operator whom they called.</param>
/// <param name="Request">The request that made this row, so that a repeated request recognises its own.</param>
/// <param name="LinkSecret">The number of the link secret from which the key of their link is derived.</param>
/// <param name="Offered">How many slots they were offered so far: the number of the last <see cref="Offer"/>.</param>
/// <param name="Offers">Those that have not begun, oldest first.</param>
/// <param name="InPlaceOf">The appointment that they have, and would give for an earlier one; null for who has none.</param>
/// <param name="Workshop">The full workshop in which they wait for a seat, and for nothing else; null for who waits for an hour of an advisor.</param>
public sealed record WaitingPerson(
    WaitingId Id,
    Citizen Citizen,
    string? Insee,
    string Topic,
    string? Note,
    Actor AskedBy,
    Instant CreatedAt,
    RequestIdentity Request,
    int LinkSecret,
    int Offered,
    IReadOnlyList<Offer> Offers,
    AppointmentReference? InPlaceOf = null,
    WorkshopId? Workshop = null) : IRow
{
    /// <summary>More at a time would keep free slots from the others.</summary>
    public const int MaxOpenOffers = 3;

    public Territory Territory => Id.Territory;

    /// <summary>How they want to meet.</summary>
    public Means Means { get; init; }

    /// <summary>Number and street in the commune of <see cref="Insee"/>, for who waits for a meeting at home and has no appointment yet.</summary>
    public string? Street { get; init; }

    /// <summary>How long they need; null for as long as their topic says, and for a seat.</summary>
    public int? Minutes { get; init; }

    /// <summary>They asked for a longer hour; who would move a long appointment asked for nothing.</summary>
    public bool Signs => Minutes is not null && InPlaceOf is null;

    /// <summary>How long what they are offered has to be; null when their topic does not exist any more.</summary>
    public int? MinutesNeeded => Minutes ?? Topics.Find(Topic)?.Minutes;

    /// <summary>The INSEE code of the commune in which the advisor would come to them; null for who would be met otherwise.</summary>
    public string? Home => Means == Means.Home ? Insee : null;

    public bool MayBeOffered(Instant start, Instant now) =>
        Offers.Count(offer => offer.Until > now) < MaxOpenOffers && !Offers.Any(offer => offer.Until > now && offer.Start == start);

    /// <summary>Where they stand in the order of asking.</summary>
    public WaitingTurn Turn => new(CreatedAt, Id.Code);

    /// <summary>With one more offer; those that have begun go.</summary>
    public WaitingPerson With(Offer offer, Instant now) => this with
    {
        Offered = offer.Number,
        Offers = [.. Offers.Where(other => other.Start > now), offer],
    };

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => Id.ToString();
}

/// <summary>A freed slot that was offered to someone. The first who takes it has it.</summary>
/// <param name="Number">1 for the first that this person was offered.</param>
/// <param name="Hold">The id of the hold that keeps the slot for those who were told.</param>
/// <param name="Until">When the hold ends. After it, the slot is anyone's, theirs too.</param>
public sealed record Offer(int Number, AdvisorId AdvisorId, PlaceId PlaceId, Instant Start, int Minutes, string Hold, Instant Until)
{
    /// <summary>Whether the workshop is when and where it was offered.</summary>
    public bool IsOf(Workshop workshop) => workshop.Start == Start && workshop.PlaceId == PlaceId;

    public HoldToken TokenIn(Territory territory) => new(territory, AdvisorId, Start.InZone(territory.Zone).Date, Hold);
}
