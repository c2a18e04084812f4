using NodaTime;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Agenda;

/// <summary>Reads agendas. They are written by <see cref="Transactions.ITransactions"/> only.</summary>
/// <remarks>Every member throws <see cref="StorageUnavailableException"/> when storage does not answer.</remarks>
public interface IAgendaStore
{
    /// <summary>One advisor's month, whole: one point read.</summary>
    Task<StoredMonth> ReadMonthAsync(Territory territory, AdvisorId advisor, YearMonth month, CancellationToken cancellationToken);

    /// <summary>The days of every advisor of the territory: one range query that brings only those days. Advisors without a row are left out.</summary>
    Task<IReadOnlyList<AgendaMonth>> ReadDaysAsync(Territory territory, LocalDate from, LocalDate to, CancellationToken cancellationToken);

    /// <summary>The same days as before: of a month that nobody has written since, what was read then is given.</summary>
    /// <param name="before">As they were read, in part changed or none.</param>
    Task<IReadOnlyList<AgendaMonth>> ReadDaysAgainAsync(
        Territory territory, LocalDate from, LocalDate to, IReadOnlyList<AgendaMonth> before, CancellationToken cancellationToken) =>
        ReadDaysAsync(territory, from, to, cancellationToken);

    /// <summary>The days of one advisor: one range query.</summary>
    Task<IReadOnlyList<AgendaMonth>> ReadDaysAsync(
        Territory territory, AdvisorId advisor, LocalDate from, LocalDate to, CancellationToken cancellationToken);
}
