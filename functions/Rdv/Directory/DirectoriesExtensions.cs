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
}
