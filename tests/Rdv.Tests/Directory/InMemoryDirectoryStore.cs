using Rdv.Directory;
using Rdv.Territories;

namespace Rdv.Tests.Directory;

internal sealed class InMemoryDirectoryStore : IDirectoryStore
{
    private readonly Dictionary<Territory, TerritoryDirectory> _territories = [];

    public int Writes { get; private set; }

    public TerritoryDirectory this[string territory] => _territories[Territory.Parse(territory)];

    public Task<TerritoryDirectory> ReadAsync(Territory territory, CancellationToken cancellationToken) =>
        Task.FromResult(_territories.GetValueOrDefault(territory) ?? new TerritoryDirectory(territory, [], [], []));

    public Task<IReadOnlyList<Territory>> ListTerritoriesAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Territory>>([.. _territories.Keys]);

    public async Task<Stored<Advisor>?> FindAdvisorAsync(Territory territory, AdvisorId id, CancellationToken cancellationToken) =>
        (await ReadAsync(territory, cancellationToken)).Advisors.GetValueOrDefault(id) is { } advisor ? new Stored<Advisor>(advisor, "*") : null;

    public async Task<Stored<Structure>?> FindStructureAsync(Territory territory, StructureId id, CancellationToken cancellationToken) =>
        (await ReadAsync(territory, cancellationToken)).Structures.GetValueOrDefault(id) is { } structure ? new Stored<Structure>(structure, "*") : null;

    public Task ListTerritoryAsync(Territory territory, CancellationToken cancellationToken) => UpsertAsync(territory, [], [], [], cancellationToken);

    public async Task UpsertAsync(
        Territory territory,
        IReadOnlyCollection<Structure> structures,
        IReadOnlyCollection<Place> places,
        IReadOnlyCollection<Advisor> advisors,
        CancellationToken cancellationToken)
    {
        Writes++;
        var before = await ReadAsync(territory, cancellationToken);
        _territories[territory] = new TerritoryDirectory(
            territory,
            structures.Concat(before.Structures.Values).DistinctBy(structure => structure.Id),
            places.Concat(before.Places.Values).DistinctBy(place => place.Id),
            advisors.Concat(before.Advisors.Values).DistinctBy(advisor => advisor.Id));
    }
}
