using NodaTime;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Booking;

/// <summary>A booking as it is asked for.</summary>
/// <param name="AdvisorId">Null for any advisor: the least loaded is chosen.</param>
/// <param name="Hold">The hold that keeps the slot, if any.</param>
/// <param name="Request">What makes a repetition of this request recognisable.</param>
/// <param name="WorkshopId">For a seat in a workshop, in place of topic, start, place and advisor.</param>
/// <param name="WorkshopVersion">The version that was read: a workshop, or a course, that has moved since is not booked unseen. Null when none was read.</param>
/// <param name="Besides">Rows that are written in the same transaction; null for none.</param>
public sealed record BookingRequest(
    Territory Territory,
    string? Topic,
    Instant? Start,
    string? PlaceId,
    string? AdvisorId,
    string? Hold,
    CitizenForm? Citizen,
    HelperForm? Helper,
    string? Note,
    Actor By,
    RequestIdentity Request,
    string? WorkshopId = null,
    int? WorkshopVersion = null,
    IReadOnlyList<RowWrite>? Besides = null)
{
    /// <summary>Whose agenda it may be written in, whatever else it names; null for anyone's.</summary>
    public AdvisorId? OnlyWith { get; init; }

    /// <summary>For a seat in each session to come of a course, in place of all the others.</summary>
    public string? CourseId { get; init; }

    /// <summary>In the words of <see cref="MeansWords"/>; at the place when null.</summary>
    public string? Means { get; init; }

    /// <summary>Where the advisor comes to; looked at where one meets at home only.</summary>
    public HomeForm? Home { get; init; }

    /// <summary>Who comes speaks sign language: the appointment is longer (<see cref="Topic.MinutesFor"/>), and the advisor reads why.</summary>
    public bool Signs { get; init; }
}
