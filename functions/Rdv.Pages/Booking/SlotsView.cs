using NodaTime;
using NodaTime.Text;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Booking;

/// <summary>The question "where and when": the first place, near and soon; then the places, the nearest first, and the days of one.</summary>
/// <param name="List">Where one meets without a place, by day.</param>
/// <param name="Nonce">Makes a second click on the same button the same request.</param>
/// <param name="Notice">Said above the slots, when something went wrong before.</param>
public sealed record SlotsView(
    Commune Commune,
    Topic Topic,
    FirstPlace? First,
    PlaceList Near,
    SlotList List,
    WeekView Week,
    NextSlot? Next,
    LocalDate From,
    int Places,
    string Nonce,
    string? Notice = null)
{
    public const int FewPlaces = 3;
    public const int ManyPlaces = 12;
    public const int AllPlaces = 100;

    /// <summary>Looked through at once: who has an advisor once a week has a choice of two days.</summary>
    public const int Days = 14;

    public static SlotsView Of(
        Commune commune, Topic topic, SlotsFound found, int places, LocalDate today, LocalDate horizon, string nonce, PlaceId? open = null, Wish? wish = null)
    {
        wish ??= new Wish(found.Means);
        var nearness = found.Directory.NearnessFrom(commune.Insee);
        var atPlaces = found.Means == Means.Place;
        return new SlotsView(
            commune,
            topic,
            FirstPlace.Of(NearAndSoon.Of(found.Slots, nearness, today), found.Directory, nearness, commune.Insee),
            PlaceList.From(found.Directory, atPlaces ? found.Slots : [], nearness, commune.Insee, open, places),
            SlotList.From(found.Directory, atPlaces ? [] : found.Slots, commune.Insee, places),
            WeekView.Of(found.From, found.Days, today, horizon),
            NextSlot.Of(found),
            found.From,
            places,
            nonce)
        {
            Wish = wish,
            With = wish.Advisor is { } advisor ? found.Directory.Advisors.GetValueOrDefault(advisor)?.DisplayName ?? "un conseiller" : null,
            OtherMeans = MeansChoice.OthersThan(found.Means, found, topic, commune),
        };
    }

    public bool IsEmpty => First is null;

    public Wish Wish { get; init; } = new();

    public Means Means => Wish.Means;

    /// <summary>The only advisor whose hours are shown; null for those of all.</summary>
    public string? With { get; init; }

    public string AddressWithAnyone => (this with { Wish = Wish with { Advisor = null } }).Address(From);

    public string AddressForSigns(bool signs) => (this with { Wish = Wish with { Signs = signs } }).Address(From);

    /// <summary>How else one may meet; none where there is no choice.</summary>
    public IReadOnlyList<Means> OtherMeans { get; init; } = [];

    public string Workshops => Rdv.Pages.Workshops.WorkshopsView.AddressFor(Commune.Insee);

    /// <summary>Places of neighbouring territories, when nothing is free here.</summary>
    public IReadOnlyList<ElsewhereChoice> Elsewhere { get; init; } = [];

    public string ChangeTopic => $"/sujet?commune={Commune.Insee}{Wish.Query}";

    public string MorePlaces => Address(From, Places < ManyPlaces ? ManyPlaces : AllPlaces, Near.Open?.Id) + "#lieux";

    /// <summary>The same, with the days of that place.</summary>
    public string AddressOf(PlaceId place) => Address(From, Places, place) + "#lieu";

    public IEnumerable<KeyValuePair<string, string?>> Hidden =>
    [
        new("commune", Commune.Insee),
        new("sujet", Topic.Id),
        new("jeton", Nonce),
        .. Wish.Hidden,
    ];

    public string Address(LocalDate from) => Address(from, Places, Near.Open?.Id);

    public string AddressBy(Means means) => (this with { Wish = Wish with { Means = means } }).Address(From);

    private string Address(LocalDate from, int places, PlaceId? place) =>
        $"/creneaux?commune={Commune.Insee}&sujet={Topic.Id}&du={LocalDatePattern.Iso.Format(from)}" + (places == FewPlaces ? "" : $"&lieux={places}") + (place is { } one ? $"&lieu={one}" : "") + Wish.Query;
}
