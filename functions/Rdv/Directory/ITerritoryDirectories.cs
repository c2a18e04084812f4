using Rdv.Territories;

namespace Rdv.Directory;

/// <summary>The directories of the territories, cached.</summary>
public interface ITerritoryDirectories
{
    /// <summary>The cached directory, read when it is missing or too old. Empty for a territory without structures.</summary>
    /// <param name="maxAge">Null for the usual.</param>
    ValueTask<TerritoryDirectory> GetAsync(Territory territory, CancellationToken cancellationToken, TimeSpan? maxAge = null);

    /// <summary>Reads again: a row of the agenda was written by someone who knew a newer directory.</summary>
    Task<TerritoryDirectory> ReloadAsync(Territory territory, CancellationToken cancellationToken);
}
