using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Directory;

public static class DirectoriesExtensions
{
    /// <summary>The directory that knows a place and an advisor: read again when another instance has imported them since it was cached.</summary>
    /// <param name="advisor">Null when none is asked for.</param>
    public static async Task<TerritoryDirectory> KnowingAsync(
        this ITerritoryDirectories directories, Territory territory, PlaceId place, AdvisorId? advisor, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(territory, cancellationToken);
        return directory.Places.ContainsKey(place) && (advisor is not { } id || directory.Advisors.ContainsKey(id))
            ? directory
            : await directories.ReloadAsync(territory, cancellationToken);
    }

    /// <summary>After a change that is written: this instance shows it at once.</summary>
    public static async Task TryReloadAsync(this ITerritoryDirectories directories, Territory territory, CancellationToken cancellationToken)
    {
        try
        {
            await directories.ReloadAsync(territory, cancellationToken);
        }
        catch (StorageUnavailableException)
        {
            // It is written, which "nothing was done" would deny; a read that failed is not kept, so that the next one reads again.
        }
    }
}
