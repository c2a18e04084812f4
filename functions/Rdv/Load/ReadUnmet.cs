using NodaTime;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Waiting;

namespace Rdv.Load;

/// <param name="Commune">Its name; null when only the territory is known.</param>
public sealed record UnmetLine(string? Commune, string Topic, int Count);

/// <summary>Where, and about what, nothing free was found, for a structure or a territory: one query.</summary>
public sealed class ReadUnmet(IDemandStore demand, ITerritoryDirectories directories)
{
    /// <param name="structure">Requests that were made nearest to it; null for all of the territory.</param>
    /// <returns>Those of the weeks of the period, each as a whole; the most asked for first.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<IReadOnlyList<UnmetLine>> ExecuteAsync(Territory territory, StructureId? structure, LocalDate from, LocalDate to, CancellationToken cancellationToken)
    {
        var asked = await demand.ListAsync(territory, Demand.WeekOf(from), Demand.WeekOf(to), cancellationToken);
        var structureOf = Unmet.NearestIn(await directories.GetAsync(territory, cancellationToken));
        return
        [
            .. asked.Where(one => structure is null || structureOf(one.Insee) == structure)
                .CountBy(one => (Communes.Find(one.Insee)?.Name, one.Topic))
                .Select(group => new UnmetLine(group.Key.Name, group.Key.Topic, group.Value))
                .OrderByDescending(line => line.Count)
                .ThenBy(line => line.Commune, StringComparer.Ordinal)
                .ThenBy(line => line.Topic, StringComparer.Ordinal),
        ];
    }
}
