using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Pages.Booking;
using Rdv.Pages.Shared;
using Rdv.Territories;

namespace Rdv.Pages.Hotline;

/// <summary>The free slots of a whole territory, for a caller.</summary>
/// <param name="Commune">The caller's, from which nearness is told; null when only the territory is known.</param>
/// <param name="Nonce">Makes a second click on the same button the same request.</param>
public sealed record HotlineSlotsView(
    Territory Territory, Commune? Commune, Topic Topic, string? Phone, SlotList List, WeekView Week, NextSlot? Next, LocalDate From, int Places, string Nonce)
{
    /// <summary>What an operator reads aloud, the nearest first: a whole département is two thousand hours.</summary>
    public const int FewPlaces = 6;
    public const int MaxPlaces = 40;
    public const string PlacesField = "lieux";
    public const string MoreField = "plus";

    /// <summary>So many places on the next look.</summary>
    public int MorePlaces => Math.Min(MaxPlaces, 3 * Places);

    public bool HasMorePlaces => List.HasMorePlaces && Places < MaxPlaces;

    /// <summary>Places of neighbouring territories, when nothing is free here.</summary>
    public IReadOnlyList<ElsewhereChoice> Elsewhere { get; init; } = [];

    public string Where => Commune is null ? $"Département {Territory}" : $"{Commune.Name} et tout le département {Territory}";

    /// <summary>Posted with everything: no number is ever in an address.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Hidden =>
    [
        new("territoire", Territory.Code),
        new("commune", Commune?.Insee),
        new(HotlineView.TopicField, Topic.Id),
        new(HotlineView.PhoneField, Phone),
        new("jeton", Nonce),
        .. new Wish(Means) { Signs = Signs }.Hidden,
        // The next week shows as many.
        new(PlacesField, Places == FewPlaces ? null : Places.ToString(CultureInfo.InvariantCulture)),
    ];

    public static HotlineSlotsView Of(
        SlotsFound found, Commune? commune, Topic topic, string? phone, int places, LocalDate today, LocalDate horizon, string nonce) => new(
        found.Directory.Territory,
        commune,
        topic,
        phone,
        SlotList.From(found.Directory, found.Slots, commune?.Insee, places),
        WeekView.Of(found.From, found.Days, today, horizon),
        NextSlot.Of(found),
        found.From,
        places,
        nonce)
        {
            Means = found.Means,
            OtherMeans = MeansChoice.OthersThan(found.Means, found, topic, commune),
        };

    public Means Means { get; init; }

    /// <summary>See <see cref="Topic.MinutesFor"/>.</summary>
    public bool Signs { get; init; }

    /// <summary>How else one may meet; none where there is no choice.</summary>
    public IReadOnlyList<Means> OtherMeans { get; init; } = [];

    public static string Day(LocalDate date) => LocalDatePattern.Iso.Format(date);

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => nameof(HotlineSlotsView);
}
