using Rdv.Territories;

namespace Rdv.Directory.Import;

/// <summary>The directories that an import is held against, each read once.</summary>
internal sealed class Directories(IDirectoryStore store)
{
    private readonly Dictionary<Territory, TerritoryDirectory> _read = [];

    public IEnumerable<TerritoryDirectory> All => _read.Values;

    public TerritoryDirectory this[Territory territory] =>
        _read.TryGetValue(territory, out var directory) ? directory : new TerritoryDirectory(territory, [], [], []);

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        foreach (var territory in await store.ListTerritoriesAsync(cancellationToken))
        {
            _read[territory] = await store.ReadAsync(territory, cancellationToken);
        }
    }
}
