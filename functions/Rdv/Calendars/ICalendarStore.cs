using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Calendars;

/// <summary>Reads what is known of the advisors' own calendars. They are written by <see cref="Transactions.ITransactions"/> only.</summary>
/// <remarks>Every member throws <see cref="StorageUnavailableException"/> when storage does not answer.</remarks>
public interface ICalendarStore
{
    /// <summary>One point read; null when there is none.</summary>
    Task<Stored<OwnCalendar>?> FindAsync(Territory territory, AdvisorId advisor, string id, CancellationToken cancellationToken);

    /// <summary>Those of one advisor: one range query.</summary>
    Task<IReadOnlyList<OwnCalendar>> ListAsync(Territory territory, AdvisorId advisor, CancellationToken cancellationToken);

    /// <summary>Those of a territory: one range query.</summary>
    Task<IReadOnlyList<OwnCalendar>> ListAsync(Territory territory, CancellationToken cancellationToken);
}
