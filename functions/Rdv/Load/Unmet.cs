using NodaTime;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Waiting;

namespace Rdv.Load;

/// <summary>Whose lack of places a request tells of: that of the structure whose place is nearest to where it was asked.</summary>
internal static class Unmet
{
    /// <summary>How many, by structure and the Monday of the week; those that are near none under <see cref="MonthSums.NoStructure"/>.</summary>
    public static IReadOnlyDictionary<(StructureId Structure, LocalDate Monday), int> Of(TerritoryDirectory directory, IEnumerable<Demand> asked)
    {
        var structureOf = NearestIn(directory);
        return asked.CountBy(one => (structureOf(one.Insee), one.Monday)).ToDictionary();
    }

    /// <summary>The structure of a commune.</summary>
    public static Func<string?, StructureId> NearestIn(TerritoryDirectory directory)
    {
        var nearest = new Dictionary<string, StructureId>();
        return insee =>
        {
            if (insee is null || directory.Places.Count == 0)
            {
                return MonthSums.NoStructure;
            }

            if (!nearest.TryGetValue(insee, out var known))
            {
                var nearness = directory.NearnessFrom(insee);
                nearest[insee] = known = nearness.Origin is null && directory.Places.Values.All(place => place.Insee != insee)
                    ? MonthSums.NoStructure
                    : directory.Places.Values.OrderBy(place => place.Id, Comparer<PlaceId>.Create(nearness.Compare)).First().StructureId;
            }

            return known;
        };
    }
}
