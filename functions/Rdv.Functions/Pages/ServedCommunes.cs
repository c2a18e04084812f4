using Rdv.Directory;
using Rdv.Territories;

namespace Rdv.Functions.Pages;

/// <summary>The order in which communes are proposed to who typed what several are called.</summary>
public sealed class ServedCommunes(ITerritoryDirectories directories)
{
    /// <summary>Where an advisor receives comes first, and of these what is called just so.</summary>
    public async Task<IReadOnlyList<Commune>> FirstAsync(IReadOnlyList<Commune> communes, string typed, CancellationToken cancellationToken)
    {
        if (communes.Count < 2)
        {
            return communes;
        }

        var served = new HashSet<Territory>();
        foreach (var territory in communes.Select(commune => commune.Territory).Distinct())
        {
            if (!(await directories.GetAsync(territory, cancellationToken)).IsEmpty)
            {
                served.Add(territory);
            }
        }

        return [.. communes.OrderByDescending(commune => served.Contains(commune.Territory)).ThenByDescending(commune => Communes.IsName(commune, typed))];
    }
}
