using System.Collections.Concurrent;
using Rdv.Territories;

namespace Rdv.Directory;

/// <summary>Finds structures by their name, their commune, or who receives there; or all those of a département.</summary>
public sealed class SearchDirectory(IDirectoryStore store, ITerritoryDirectories directories)
{
    private const int TerritoriesAtOnce = 16;

    /// <param name="typed">Words in any order, each the beginning of one that is looked for; or a département by its code or its name.</param>
    /// <remarks>One request a territory, to learn whether its directory has changed.</remarks>
    /// <returns>By département, then by name; a structure that has moved is where it is now.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer, for one territory: a part would say that the rest is not there.</exception>
    public async Task<IReadOnlyList<(TerritoryDirectory Directory, Structure Structure)>> ExecuteAsync(string typed, CancellationToken cancellationToken)
    {
        var words = SearchWords.Of(typed);
        if (words.Count == 0)
        {
            return [];
        }

        var all = Communes.FindTerritory(typed);
        IReadOnlyList<Territory> territories = all is { } one ? [one] : await store.ListTerritoriesAsync(cancellationToken);
        var found = new ConcurrentBag<(TerritoryDirectory Directory, Structure Structure)>();
        await Parallel.ForEachAsync(
            territories,
            new ParallelOptions { MaxDegreeOfParallelism = TerritoriesAtOnce, CancellationToken = cancellationToken },
            async (territory, token) =>
            {
                // Who has just imported someone looks for them.
                var directory = await directories.GetAsync(territory, token, maxAge: TimeSpan.Zero);
                foreach (var structure in directory.Structures.Values.Where(structure => structure.MovedTo is null && (all is not null || Answers(directory, structure, words))))
                {
                    found.Add((directory, structure));
                }
            });
        return
        [
            .. found
                .OrderBy(item => item.Directory.Territory.Code, StringComparer.Ordinal)
                .ThenBy(item => item.Structure.Name, StringComparer.CurrentCulture)
                .ThenBy(item => item.Structure.Id.Value, StringComparer.Ordinal),
        ];
    }

    private static bool Answers(TerritoryDirectory directory, Structure structure, List<string> words)
    {
        var theirs = SearchWords.Of(structure.Name);
        theirs.AddRange(directory.Places.Values.Where(place => place.StructureId == structure.Id).SelectMany(place => SearchWords.Of($"{place.Name} {place.Commune}")));
        theirs.AddRange(directory.AdvisorsOf(structure.Id).SelectMany(advisor => SearchWords.Of(advisor.DisplayName)));
        return words.TrueForAll(word => theirs.Exists(their => their.StartsWith(word, StringComparison.Ordinal)));
    }
}
