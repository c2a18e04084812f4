using NodaTime;
using Rdv.Directory;
using Rdv.Pages.Shared;
using Rdv.Waiting;

namespace Rdv.Pages.Waiting;

public enum WaitingNews
{
    None,

    /// <summary>They have just asked to be called.</summary>
    Asked,

    /// <summary>They wanted a slot that somebody had taken.</summary>
    Gone,
}

/// <param name="Value">See <see cref="SlotValue"/>.</param>
/// <param name="KeptUntil">In words; null when it is anyone's by now.</param>
public sealed record OfferCard(string Value, SlotSummary Summary, string? KeptUntil)
{
    public static OfferCard Of(WaitingPerson person, Offer offer, TerritoryDirectory directory, Instant now)
    {
        var zone = person.Territory.Zone;
        var start = offer.Start.InZone(zone).LocalDateTime;
        var topic = Topics.Find(person.Topic) ?? Topics.All[0];
        var until = offer.Until.InZone(zone).LocalDateTime;
        return new OfferCard(
            new SlotValue(start, offer.PlaceId).ToString(),
            SlotSummary.Of(directory, topic, start, offer.PlaceId, person.Means, offer.Minutes),
            offer.Until <= now ? null : until.Date == now.InZone(zone).Date ? Words.Time(until.TimeOfDay) : Words.Moment(until));
    }
}

/// <summary>What someone who waits sees behind their link.</summary>
/// <param name="Address">Of the page itself.</param>
/// <param name="CallAt">When they are called, in words; null for who has an appointment or waits for a seat, and is not called.</param>
/// <param name="Has">The day and hour of the appointment that they would give for an earlier one, in words; null for who has none.</param>
/// <param name="PhoneEnd">The last two digits: enough to recognise one's own number, of no use to another.</param>
/// <param name="HadOffers">They were told of a slot.</param>
/// <param name="Insee">Where they searched; null when it is not known.</param>
/// <param name="Alternatives">Other free slots, when theirs is gone.</param>
/// <param name="Nonce">Makes a second click on the same button the same request.</param>
public sealed record WaitingView(
    string Address,
    WaitingNews News,
    string Topic,
    string? CallAt,
    string? Has,
    string PhoneEnd,
    bool GetsSms,
    bool HadOffers,
    IReadOnlyList<OfferCard> Offers,
    string Territory,
    string? Insee,
    string TopicId,
    IReadOnlyList<SlotChoice> Alternatives,
    string Nonce)
{
    /// <summary>The workshop in which they wait for a seat, in words; null for who waits for an hour of an advisor.</summary>
    public string? Workshop { get; init; }

    /// <summary>Null when it is not known from where they search, for who waits for a seat, and for who has an appointment: a second one is not what they want.</summary>
    public string? Slots => Insee is null || Has is not null || Workshop is not null ? null : $"/creneaux?commune={Insee}&sujet={TopicId}" + Wish.Query;

    public Wish Wish { get; init; } = new();

    public IEnumerable<KeyValuePair<string, string?>> Hidden =>
        [new("commune", Insee), new("departement", Territory), new("sujet", TopicId), new("jeton", Nonce), .. Wish.Hidden];

    // The address holds a key: a log line must not carry it.
    public override string ToString() => nameof(WaitingView);
}
