using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Directory.Import;

/// <summary>Which structure of the directory a line means (docs/adr/0011). Those that have moved away are no more than what was booked.</summary>
internal sealed class KnownStructures(Directories directories)
{
    private readonly ILookup<StructureId, TerritoryDirectory> _byId = directories.All
        .SelectMany(directory => directory.Structures.Values.Where(structure => structure.MovedTo is null), (directory, structure) => (structure.Id, directory))
        .ToLookup(pair => pair.Id, pair => pair.directory);

    private readonly ILookup<string, (TerritoryDirectory Directory, Structure Structure)> _bySourceId = directories.All
        .SelectMany(directory => directory.Structures.Values.Where(structure => structure is { MovedTo: null, SourceId: not null }), (directory, structure) => (directory, structure))
        .ToLookup(pair => pair.structure.SourceId!, pair => (pair.directory, pair.structure));

    /// <summary>The structure that is kept under that identifier, by its key or as its source gives it.</summary>
    public IReadOnlyList<(TerritoryDirectory Directory, Structure Structure)> Find(string given)
    {
        var id = new StructureId(DirectoryIds.KeyOf(given) ?? given);
        return _byId[id].Any() ? [.. _byId[id].Select(directory => (directory, directory.Structures[id]))] : [.. _bySourceId[given]];
    }

    public TerritoryDirectory? Elsewhere(StructureId id, Territory territory) => _byId[id].FirstOrDefault(directory => directory.Territory != territory);

    /// <summary>The same body, by its SIRET, name and place, that the file does not name any more: it has been given another identifier.</summary>
    /// <param name="named">What the file names.</param>
    public Structure? Twin(StructureLine line, IReadOnlySet<StructureId> named) => directories[line.Territory].Structures.Values.FirstOrDefault(structure =>
        structure.MovedTo is null
        && !named.Contains(structure.Id)
        && (structure.Siret is null || line.Structure.Siret is null || structure.Siret == line.Structure.Siret)
        && SearchWords.Of(structure.Name).SequenceEqual(SearchWords.Of(line.Structure.Name))
        && directories[line.Territory].Places.GetValueOrDefault(new PlaceId(structure.Id.Value)) is { } place
        && place.Insee == line.Place.Insee
        && SearchWords.Of(place.Address ?? "").SequenceEqual(SearchWords.Of(line.Place.Address ?? "")));
}
