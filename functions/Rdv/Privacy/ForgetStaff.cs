using NodaTime;
using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Calendars;
using Rdv.Directory;
using Rdv.Directory.Import;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Privacy;

/// <summary>
/// Each night, forgets what was kept of advisors and is of no use any more: why somebody was away, which may tell of their health, and who somebody was
/// that has left. What they offered, and how many came, stays.
/// </summary>
public sealed class ForgetStaff(
    IAbsenceStore absences,
    IDirectoryStore directoryStore,
    IAgendaStore agenda,
    ICalendarStore calendars,
    RemoveCalendar removeCalendar,
    ITerritoryDirectories directories,
    Writer writer,
    IClock clock)
{
    // Staff plan no further.
    private const int DaysAhead = 366;

    /// <param name="last">What ended before that day, and who left on it or before, is forgotten.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer: the next night goes on.</exception>
    public async Task ExecuteAsync(Territory territory, LocalDate today, LocalDate last, CancellationToken cancellationToken)
    {
        foreach (var absence in await absences.ListExplainedAsync(territory, last.AtMidnight(), cancellationToken))
        {
            await ForgetReasonAsync(absence, cancellationToken);
        }

        // Who goes to another territory has left this one before they were here: that is a mark of the move, not a day.
        var left = (await directoryStore.ReadAsync(territory, cancellationToken)).Advisors.Values
            .Where(advisor => advisor.ForgottenAt is null && advisor.LeavesOn <= last && !MoveAdvisor.IsUnderWay(advisor))
            .ToList();
        var forgotten = false;
        foreach (var advisor in left)
        {
            forgotten |= await ForgetAsync(territory, advisor, today, cancellationToken);
        }

        if (forgotten)
        {
            await directories.TryReloadAsync(territory, cancellationToken);
        }
    }

    /// <summary>That it was, and what became of the appointments inside, stays.</summary>
    private async Task ForgetReasonAsync(Absence absence, CancellationToken cancellationToken) => await writer.WriteAsync<bool>(
        absence.Territory,
        async token => await absences.FindAsync(absence.Territory, absence.Owner, absence.Id, token) is { Value.Reason: not null } stored
            ? new Decision<bool>.Write([new RowWrite.Replace(stored.Value with { Reason = null }, stored.ETag)], true)
            : false,
        cancellationToken);

    /// <returns>False for who still receives somebody: what was booked stays theirs, and they hear of it.</returns>
    private async Task<bool> ForgetAsync(Territory territory, Advisor advisor, LocalDate today, CancellationToken cancellationToken)
    {
        var months = await Task.WhenAll(Horizon.Months(today, today.PlusDays(DaysAhead))
            .Select(month => agenda.ReadMonthAsync(territory, advisor.Id, month, cancellationToken)));
        if (months.Any(month => month.Days.Any(day => month.Month.OnDayOfMonth(day.Key) >= today
            && day.Value.Entries.Any(entry => entry.Kind is EntryKind.Appointment or EntryKind.Workshop))))
        {
            return false;
        }

        // Their row comes last: a night that is killed begins again here.
        foreach (var calendar in await calendars.ListAsync(territory, advisor.Id, cancellationToken))
        {
            await removeCalendar.ExecuteAsync(territory, advisor.Id, calendar.Id, cancellationToken);
        }

        return (await writer.WriteAsync<bool>(
            territory,
            async token => await directoryStore.FindAdvisorAsync(territory, advisor.Id, token) is { } stored && stored.Value.LeavesOn == advisor.LeavesOn && stored.Value.ForgottenAt is null
                ? new Decision<bool>.Write([new RowWrite.Replace(stored.Value.Forget(clock.GetCurrentInstant()), stored.ETag)], true)
                : false,
            cancellationToken)).Value;
    }
}
