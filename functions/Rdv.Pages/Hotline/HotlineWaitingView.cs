using NodaTime;
using Rdv.Directory;
using Rdv.Pages.Shared;
using Rdv.Pages.Waiting;
using Rdv.Waiting;

namespace Rdv.Pages.Hotline;

/// <summary>Someone who waits, as the operator sees them.</summary>
/// <param name="Added">They have just been put on the list.</param>
/// <param name="Has">The appointment that they would give for an earlier one, in words; null for who has none.</param>
/// <param name="HasAddress">Of its page.</param>
/// <param name="Gone">The slot that was wanted for them is gone.</param>
/// <param name="Search">Finds free slots for them.</param>
public sealed record HotlineWaitingView(
    string Address,
    bool Added,
    bool Gone,
    string Name,
    string Phone,
    string PhoneAddress,
    bool GetsSms,
    string Topic,
    string Where,
    string Since,
    string? Note,
    string? Has,
    string? HasAddress,
    IReadOnlyList<OfferCard> Offers,
    IReadOnlyList<KeyValuePair<string, string?>> Search)
{
    /// <summary>The workshop in which they wait for a seat, in words; null for who waits for an hour of an advisor.</summary>
    public string? Workshop { get; init; }

    public static HotlineWaitingView Of(WaitingPerson person, FoundWaiting found, TerritoryDirectory directory, Instant now) => new(
        $"/hotline/attente/{person.Id}",
        Added: false,
        Gone: false,
        person.Citizen.Name,
        person.Citizen.Phone.ToNational(),
        person.Citizen.Phone.Uri,
        person.Citizen.Phone.CanReceiveSms,
        Topics.Find(person.Topic)?.Label ?? person.Topic,
        Communes.Find(person.Insee)?.Name ?? $"Département {person.Territory}",
        Words.Moment(person.CreatedAt.InZone(person.Territory.Zone).LocalDateTime),
        person.Note,
        found.Has is { } had ? Words.Moment(had.LocalStart) : null,
        found.Has is { Reference: var reference } ? $"/hotline/rendez-vous/{reference}" : null,
        [.. found.Free.Select(offer => OfferCard.Of(person, offer, directory, now))],
        [
            new("territoire", person.Territory.Code),
            new("commune", person.Insee),
            new(HotlineView.TopicField, person.Topic),
            .. new Wish(person.Means) { Signs = person.Signs }.Hidden,
            new(HotlineView.PhoneField, person.Citizen.Phone.ToNational()),
        ])
    {
        Workshop = found.Workshop is { } workshop ? $"{Words.Quoted(workshop.Title)}, {(workshop.Session is null ? "" : "un cours à partir du ")}{Words.Moment(workshop.LocalStart)}" : null,
    };

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => nameof(HotlineWaitingView);
}
