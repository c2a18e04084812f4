using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Language;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Booking;

/// <summary>The first place, near and soon: what most people came for.</summary>
/// <param name="Distance">In words; null when it is not known, or one stays at home.</param>
public sealed record FirstPlace(string Value, string When, string Where, string? Address, string? Distance)
{
    /// <summary>Beyond it, one is told first that nothing is nearer.</summary>
    private const double FarKilometres = 15;

    /// <summary>That the nearest place is far, in a sentence; null when it is not.</summary>
    public string? Far { get; init; }

    /// <param name="slots">In the order in which they are proposed.</param>
    public static FirstPlace? Of(IReadOnlyList<Slot> slots, TerritoryDirectory directory, Nearness nearness, string insee)
    {
        if (slots is not [var first, ..])
        {
            return null;
        }

        var value = SlotValue.Of(first).ToString();
        var when = Words.Moment(first.Start);
        if (first.Means != Means.Place || directory.Places.GetValueOrDefault(first.PlaceId) is not { } place)
        {
            return new FirstPlace(value, when, first.Means == Means.Place ? first.PlaceId.Value : MeansChoice.NameOf(first.Means), null, null);
        }

        var nearest = slots.Min(slot => nearness.KilometresTo(slot.PlaceId));
        return new FirstPlace(value, when, place.ShownName, PlaceText.Address(place), DistanceText.Of(nearness, place, insee))
        {
            Far = nearest > FarKilometres && !nearness.IsGuess ? FarWords(directory, insee, (int)Math.Round(nearest.Value)) : null,
        };
    }

    /// <summary>Where an advisor receives in the very town, and has no hour that suits, it is not told that nobody does.</summary>
    private static string FarWords(TerritoryDirectory directory, string insee, int kilometres) =>
        directory.Advisors.Values.SelectMany(advisor => advisor.Hours).Any(hours => directory.Places.GetValueOrDefault(hours.PlaceId)?.Insee == insee)
        && Communes.Find(insee) is { } commune
            ? $"{FrenchNames.At(commune.Name)}, aucune heure ne convient en ce moment. Le lieu libre le plus proche est à {kilometres}\u00a0km."
            : $"Le lieu le plus proche est à {kilometres}\u00a0km.";
}

/// <summary>A day of a place, the morning apart from the afternoon.</summary>
public sealed record PlaceDay(string Title, IReadOnlyList<SlotChoice> Morning, IReadOnlyList<SlotChoice> Afternoon)
{
    public int Count => Morning.Count + Afternoon.Count;
}

/// <summary>A place with free slots.</summary>
/// <param name="Distance">In words; null when it is not known.</param>
/// <param name="From">When the first is, in words.</param>
/// <param name="Weekdays">On which days of the week there are any: <c>mardi et jeudi</c>.</param>
public sealed record PlaceChoice(PlaceId Id, string Name, string Address, string? Access, string? Distance, string From, string Weekdays);

/// <summary>The places with free slots, the nearest first, and the days of the one that is open.</summary>
/// <param name="Others">Without the open one.</param>
/// <param name="Farther">How many more there are.</param>
public sealed record PlaceList(PlaceChoice? Open, IReadOnlyList<PlaceDay> Days, IReadOnlyList<PlaceChoice> Others, int Farther)
{
    private static readonly LocalTime Noon = new(12, 0);

    public bool IsEmpty => Open is null;

    /// <param name="open">The place that was asked for; the nearest when null, or when it has nothing free.</param>
    /// <param name="maxPlaces">So many of the nearest: a whole département would be too long to read.</param>
    public static PlaceList From(TerritoryDirectory directory, IReadOnlyList<Slot> slots, Nearness nearness, string insee, PlaceId? open, int maxPlaces)
    {
        var places = slots.GroupBy(slot => slot.PlaceId).OrderBy(group => nearness.RankOf(group.Key)).Select(group => group.OrderBy(slot => slot.Start).ToList()).ToList();
        if (places.Count == 0)
        {
            return new PlaceList(null, [], [], 0);
        }

        var chosen = places.Find(place => place[0].PlaceId == open) ?? places[0];
        var others = places.Where(place => place != chosen).Take(maxPlaces).ToList();
        return new PlaceList(
            Describe(directory, chosen, nearness, insee),
            [.. chosen.DistinctBy(slot => slot.Start).GroupBy(slot => slot.Start.Date).Select(day => DayOf(directory, day.Key, [.. day]))],
            [.. others.Select(place => Describe(directory, place, nearness, insee))],
            places.Count - 1 - others.Count);
    }

    private static PlaceChoice Describe(TerritoryDirectory directory, List<Slot> slots, Nearness nearness, string insee)
    {
        var id = slots[0].PlaceId;
        var place = directory.Places.GetValueOrDefault(id);
        return new PlaceChoice(
            id,
            place?.ShownName ?? id.Value,
            place is null ? "" : PlaceText.Address(place),
            place?.Access,
            DistanceText.Of(nearness, place, insee),
            Words.Moment(slots[0].Start),
            FrenchDates.Weekdays(slots.Select(slot => slot.Start.DayOfWeek)));
    }

    private static PlaceDay DayOf(TerritoryDirectory directory, LocalDate date, List<Slot> slots)
    {
        var name = directory.Places.GetValueOrDefault(slots[0].PlaceId)?.ShownName ?? slots[0].PlaceId.Value;
        return new PlaceDay(FrenchDates.Date(date), Half(slot => slot.Start.TimeOfDay < Noon), Half(slot => slot.Start.TimeOfDay >= Noon));

        List<SlotChoice> Half(Func<Slot, bool> isIn) =>
            [.. slots.Where(isIn).Select(slot => new SlotChoice(SlotValue.Of(slot).ToString(), Words.Time(slot.Start.TimeOfDay), $"{FrenchDates.Date(date)}, {name}"))];
    }
}
