using Rdv.Territories;

namespace Rdv.Directory;

/// <summary>Where the directory is kept.</summary>
/// <remarks>Every member throws <see cref="StorageUnavailableException"/> when storage does not answer.</remarks>
public interface IDirectoryStore
{
    /// <summary>Reads a whole territory: one query.</summary>
    Task<TerritoryDirectory> ReadAsync(Territory territory, CancellationToken cancellationToken);

    /// <summary>The territories that have rows.</summary>
    Task<IReadOnlyList<Territory>> ListTerritoriesAsync(CancellationToken cancellationToken);

    /// <summary>One point read; null when there is no such advisor.</summary>
    Task<Stored<Advisor>?> FindAdvisorAsync(Territory territory, AdvisorId id, CancellationToken cancellationToken);

    /// <summary>One point read; null when there is no such structure.</summary>
    Task<Stored<Structure>?> FindStructureAsync(Territory territory, StructureId id, CancellationToken cancellationToken);

    /// <summary>Lists a territory that may have no directory yet, so that the timers and the hotline look at its other rows.</summary>
    Task ListTerritoryAsync(Territory territory, CancellationToken cancellationToken);

    /// <summary>
    /// Inserts or replaces rows, after the territory itself has been listed. Not one transaction: a directory of thousands of rows
    /// cannot be, and each row stands alone.
    /// </summary>
    Task UpsertAsync(
        Territory territory,
        IReadOnlyCollection<Structure> structures,
        IReadOnlyCollection<Place> places,
        IReadOnlyCollection<Advisor> advisors,
        CancellationToken cancellationToken);
}
