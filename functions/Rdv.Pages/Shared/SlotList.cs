using Rdv.Directory;
using Rdv.Ids;
using Rdv.Language;

namespace Rdv.Pages.Shared;

/// <param name="Value">See <see cref="SlotValue"/>.</param>
/// <param name="Spoken">The day and the place, for someone who hears one button without what stands around it.</param>
public sealed record SlotChoice(string Value, string Time, string Spoken);

public sealed record SlotPlace(string Name, string Address, IReadOnlyList<SlotChoice> Choices);

public sealed record SlotDay(string Title, IReadOnlyList<SlotPlace> Places)
{
    public int Count => Places.Sum(place => place.Choices.Count);
}

/// <summary>Free slots by day, then by place, the nearest place first.</summary>
public sealed record SlotList(IReadOnlyList<SlotDay> Days, int ShownPlaces, int AllPlaces)
{
    public bool IsEmpty => Days.Count == 0;

    public bool HasMorePlaces => AllPlaces > ShownPlaces;

    /// <param name="insee">The commune from which nearness is told.</param>
    /// <param name="maxPlaces">Only the nearest places that have a free slot: a page of a whole département would be too long to read.</param>
    public static SlotList From(TerritoryDirectory directory, IReadOnlyList<Slot> slots, string? insee, int maxPlaces)
    {
        if (slots is [{ Means: not Means.Place and var means }, ..])
        {
            return By(means, slots);
        }

        var nearness = directory.NearnessFrom(insee);
        var places = slots.Select(slot => slot.PlaceId).Distinct().OrderBy(nearness.RankOf).ToList();
        var shown = places.Take(maxPlaces).ToList();
        var days = slots
            .Where(slot => shown.Contains(slot.PlaceId))
            .GroupBy(slot => slot.Start.Date)
            .OrderBy(day => day.Key)
            .Select(day => new SlotDay(
                FrenchDates.Date(day.Key),
                [.. day.GroupBy(slot => slot.PlaceId).OrderBy(group => shown.IndexOf(group.Key)).Select(group => PlaceOf(directory, group.Key, group))]))
            .ToList();
        return new SlotList(days, shown.Count, places.Count);
    }

    /// <summary>Slots in the order given, each with its day and place: what is offered instead of one that is gone.</summary>
    public static IReadOnlyList<SlotChoice> Alternatives(TerritoryDirectory directory, IReadOnlyList<Slot> slots) =>
        // A place that two structures share has one slot for each: to who chooses, it is the same.
        [.. slots.DistinctBy(slot => (slot.Start, slot.Means != Means.Place ? default(PlaceId?) : slot.PlaceId)).Select(slot => new SlotChoice(
            SlotValue.Of(slot).ToString(),
            Words.Moment(slot.Start),
            slot.Means != Means.Place ? MeansChoice.Within(slot.Means)
                : directory.Places.GetValueOrDefault(slot.PlaceId) is { } place ? $"{place.ShownName}, {place.Commune}" : ""))];

    /// <summary>From where an advisor calls is nothing to who is called: of one hour at several places, the first that is given.</summary>
    private static SlotList By(Means means, IReadOnlyList<Slot> slots) => new(
        [.. slots.DistinctBy(slot => slot.Start).GroupBy(slot => slot.Start.Date).OrderBy(day => day.Key).Select(day => new SlotDay(
            FrenchDates.Date(day.Key),
            [
                new SlotPlace(MeansChoice.NameOf(means), means switch { Means.Phone => "Un conseiller vous appelle.", Means.Video => "Un conseiller vous reçoit en vidéo.", _ => "Un conseiller vient chez vous." }, [.. day.OrderBy(slot => slot.Start).Select(slot => new SlotChoice(
                    SlotValue.Of(slot).ToString(), Words.Time(slot.Start.TimeOfDay), $"{FrenchDates.Date(day.Key)}, {MeansChoice.Within(means)}"))]),
            ]))],
        ShownPlaces: 1,
        AllPlaces: 1);

    private static SlotPlace PlaceOf(TerritoryDirectory directory, PlaceId id, IEnumerable<Slot> slots)
    {
        var place = directory.Places.GetValueOrDefault(id);
        var name = place?.ShownName ?? id.Value;
        return new SlotPlace(
            name,
            place is null ? "" : PlaceText.Address(place),
            [.. slots.OrderBy(slot => slot.Start).DistinctBy(slot => slot.Start).Select(slot => new SlotChoice(
                SlotValue.Of(slot).ToString(), Words.Time(slot.Start.TimeOfDay), $"{FrenchDates.Date(slot.Start.Date)}, {name}"))]);
    }
}
