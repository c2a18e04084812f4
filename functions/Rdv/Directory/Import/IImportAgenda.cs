using NodaTime;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Directory.Import;

/// <summary>What an import asks of the agenda, which stands above it.</summary>
public interface IImportAgenda
{
    /// <summary>Rewrites an advisor who offers something else now: the months of their agenda are touched with the row.</summary>
    /// <param name="change">Null when there is nothing to change.</param>
    /// <exception cref="StorageUnavailableException"/>
    Task RewriteAsync(Territory territory, AdvisorId id, Func<Advisor, Advisor?> change, CancellationToken cancellationToken);

    /// <summary>Nothing of the advisor is offered any more from today on. What is booked stays.</summary>
    /// <returns>The last day on which something still stands in their agenda; null when nothing does.</returns>
    /// <exception cref="StorageUnavailableException"/>
    Task<LocalDate?> LeaveAsync(Territory territory, AdvisorId id, CancellationToken cancellationToken);
}
