using NodaTime;
using Rdv.Directory;
using Rdv.Directory.Import;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Agenda;

/// <inheritdoc cref="IImportAgenda"/>
public sealed class ImportAgenda(RewriteAdvisor rewrite, IAgendaStore agenda, IClock clock) : IImportAgenda
{
    /// <summary>How far ahead staff may plan.</summary>
    private const int DaysAhead = 366;

    public Task RewriteAsync(Territory territory, AdvisorId id, Func<Advisor, Advisor?> change, CancellationToken cancellationToken) =>
        rewrite.ExecuteAsync(territory, id, change, cancellationToken);

    public async Task<LocalDate?> LeaveAsync(Territory territory, AdvisorId id, CancellationToken cancellationToken)
    {
        var today = clock.GetCurrentInstant().InZone(territory.Zone).Date;
        await rewrite.ExecuteAsync(
            territory, id, advisor => advisor.LeavesOn <= today ? null : advisor with { LeavesOn = today }, cancellationToken);

        // Only now: a booking that was under way has been written, or finds that the advisor has left.
        var months = await Task.WhenAll(Horizon.Months(today, today.PlusDays(DaysAhead))
            .Select(month => agenda.ReadMonthAsync(territory, id, month, cancellationToken)));
        return months
            .SelectMany(month => month.Days.Where(day => day.Value.Entries.Any(entry => entry.Kind is not (EntryKind.Hold or EntryKind.Calendar))), (month, day) => (LocalDate?)month.Month.OnDayOfMonth(day.Key))
            .Where(day => day >= today)
            .Max();
    }
}
