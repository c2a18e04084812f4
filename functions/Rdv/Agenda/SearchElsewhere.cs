using Rdv.Directory;
using Rdv.Territories;

namespace Rdv.Agenda;

/// <summary>A place of a neighbouring territory, and the first slot that is free there.</summary>
/// <param name="Distance">In kilometres, as the crow flies, from where the commune is taken to be.</param>
/// <param name="IsGuess">That is known too roughly for the distance to be told.</param>
public sealed record SlotElsewhere(TerritoryDirectory Directory, Place Place, double Distance, bool IsGuess, Slot Slot)
{
    /// <summary>Null when it is not known well enough to be told.</summary>
    public double? Kilometres => IsGuess ? null : Distance;

    public Territory Territory => Directory.Territory;
}

/// <summary>
/// When nothing is free in a person's own territory: the nearest places beyond its border. Costs one request for each territory that is
/// searched, beside directories that are cached, and nothing where a slot was found.
/// </summary>
public sealed class SearchElsewhere(SearchSlots search, ITerritoryDirectories directories)
{
    public const int MaxTerritories = 3;
    public const int MaxPlaces = 5;
    public const double MaxKilometres = 40;

    /// <param name="asked">What was asked at home.</param>
    /// <param name="found">What was found there.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<IReadOnlyList<SlotElsewhere>> ExecuteAsync(SlotSearch asked, SlotsFound found, CancellationToken cancellationToken)
    {
        // A structure, a place or an advisor that was named is nowhere else; and nobody travels to a call.
        if (found.Slots.Count > 0 || asked is not { Insee: { } insee, Structure: null, Place: null, Advisor: null, Means: Means.Place })
        {
            return [];
        }

        var around = await Task.WhenAll(Neighbours.Of(asked.Territory).Select(territory => directories.GetAsync(territory, cancellationToken).AsTask()));
        var witnesses = found.Directory.Places.Values.Concat(around.SelectMany(directory => directory.Places.Values)).ToList();
        var near = around
            .Where(directory => !directory.IsEmpty)
            .Select(directory => (Directory: directory, Nearness: Nearness.From(insee, directory, witnesses)))
            .Select(one => (one.Directory, one.Nearness, Nearest: one.Directory.Places.Keys.Min(place => one.Nearness.KilometresTo(place))))
            .Where(one => one.Nearest <= MaxKilometres)
            .OrderBy(one => one.Nearest)
            .Take(MaxTerritories);
        var slots = await Task.WhenAll(near.Select(one => FirstAsync(asked, found, one.Directory, one.Nearness, cancellationToken)));
        return [.. slots.SelectMany(list => list).OrderBy(slot => slot.Distance).ThenBy(slot => slot.Slot.Start).Take(MaxPlaces)];
    }

    /// <summary>The first slot at each near place: in the days that were asked, or after them when it comes before any at home.</summary>
    private async Task<IEnumerable<SlotElsewhere>> FirstAsync(
        SlotSearch asked, SlotsFound home, TerritoryDirectory directory, Nearness nearness, CancellationToken cancellationToken)
    {
        var result = await search.ExecuteAsync(asked with { Territory = directory.Territory, From = home.From }, cancellationToken);
        if (!result.Succeeded(out var found))
        {
            return [];
        }

        var next = found.NextAvailable is { } after && !(home.NextAvailable?.Start <= after.Start) ? after : null;
        return found.Slots
            .Concat(next is null ? [] : [next])
            .Where(slot => nearness.KilometresTo(slot.PlaceId) <= MaxKilometres)
            .DistinctBy(slot => slot.PlaceId)
            .Select(slot => new SlotElsewhere(found.Directory, found.Directory.Places[slot.PlaceId], nearness.KilometresTo(slot.PlaceId)!.Value, nearness.IsGuess, slot));
    }
}
