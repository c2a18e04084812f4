using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Directory;

/// <summary>Reads the directory. Its rows are written by <see cref="Transactions.ITransactions"/> only.</summary>
/// <remarks>Every member throws <see cref="StorageUnavailableException"/> when storage does not answer.</remarks>
public interface IDirectoryStore
{
    /// <summary>Reads a whole territory: one query.</summary>
    Task<TerritoryDirectory> ReadAsync(Territory territory, CancellationToken cancellationToken);

    /// <summary>What <see cref="TerritoryDirectory.Revision"/> would be if it were read now: one point read.</summary>
    Task<string?> ReadRevisionAsync(Territory territory, CancellationToken cancellationToken);

    /// <summary>The territories that have rows.</summary>
    Task<IReadOnlyList<Territory>> ListTerritoriesAsync(CancellationToken cancellationToken);

    /// <summary>One point read; null when there is no such advisor.</summary>
    Task<Stored<Advisor>?> FindAdvisorAsync(Territory territory, AdvisorId id, CancellationToken cancellationToken);

    /// <summary>One point read; null when there is no such structure.</summary>
    Task<Stored<Structure>?> FindStructureAsync(Territory territory, StructureId id, CancellationToken cancellationToken);

    /// <summary>Lists a territory that may have no directory yet, so that the timers and the hotline look at its other rows.</summary>
    Task ListTerritoryAsync(Territory territory, CancellationToken cancellationToken);
}
