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
        var nearest = new Dictionary<string, StructureId>();
        return asked.GroupBy(one => (StructureOf(one.Insee), one.Monday)).ToDictionary(group => group.Key, group => group.Count());

        StructureId StructureOf(string? insee)
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
        }
    }
}
