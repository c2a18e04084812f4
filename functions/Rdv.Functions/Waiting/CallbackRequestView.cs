using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Rdv.Directory;
using Rdv.Functions.Booking;
using Rdv.Functions.Http;
using Rdv.Ids;
using Rdv.Waiting;

namespace Rdv.Functions.Waiting;

/// <summary>That someone is on the waiting list.</summary>
public sealed record ListedView(string Id)
{
    public static IResult Created(Listed listed) => Json.Created(new ListedView(listed.Id.ToString()), $"/api/callback-requests/{listed.Id}", listed.Repeated);
}

/// <summary>A slot that is offered to someone who waits, and that nobody has taken.</summary>
/// <param name="Until">Until when it is kept for those who were told.</param>
public sealed record OfferView(string Start, int Minutes, PlaceRef Place, string Until);

/// <summary>A request to be called as the person who has its key reads it.</summary>
/// <param name="InPlaceOf">The reference of the appointment that they would give for an earlier one; null for who has none.</param>
/// <param name="WorkshopId">In which they wait for a seat; null for who waits for an hour of an advisor.</param>
/// <param name="Status"><c>waiting</c>, or <c>closed</c> once they have booked or do not wait any more.</param>
public sealed record CallbackRequestView(
    string Id, string Status, string Territory, string TimeZone, string? Topic, string? Insee, string? CreatedAt, string? InPlaceOf, string? WorkshopId, IReadOnlyList<OfferView> Offers, string Hotline)
{
    /// <summary><c>phone</c>; left out at the place.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Means { get; init; }

    public static CallbackRequestView Of(WaitingPerson person, IReadOnlyList<Offer> free, TerritoryDirectory directory, RdvSettings settings) => new(
        person.Id.ToString(),
        "waiting",
        person.Territory.Code,
        person.Territory.Zone.Id,
        person.Topic,
        person.Insee,
        Values.Format(person.CreatedAt, person.Territory),
        person.InPlaceOf?.ToString(),
        person.Workshop?.Value,
        [.. free.Select(offer => new OfferView(
            Values.Format(offer.Start, person.Territory), offer.Minutes, PlaceOf(offer.PlaceId, directory), Values.Format(offer.Until, person.Territory)))],
        settings.HotlinePhone)
    {
        Means = MeansWords.UnlessPlace(person.Means),
    };

    public static CallbackRequestView Closed(WaitingId id, RdvSettings settings) =>
        new(id.ToString(), "closed", id.Territory.Code, id.Territory.Zone.Id, null, null, null, null, null, [], settings.HotlinePhone);

    private static PlaceRef PlaceOf(PlaceId id, TerritoryDirectory directory)
    {
        var place = directory.Places.GetValueOrDefault(id);
        return new PlaceRef(id.Value, place?.Name ?? "", place?.Address, place?.Postcode, place?.Commune ?? "", place?.Access);
    }
}
