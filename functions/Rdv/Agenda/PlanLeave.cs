using NodaTime;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Agenda;

/// <param name="After">What is booked from that day on, to be reassigned.</param>
/// <param name="Workshops">That are planned from that day on.</param>
public sealed record LeavePlanned(LocalDate On, IReadOnlyList<AppointmentReference> After, IReadOnlyList<WorkshopId> Workshops);

/// <summary>
/// An advisor leaves: no slot from that day on. What is booked after is listed, never dropped. Who had left and is given another day may be named again,
/// by the next import.
/// </summary>
public sealed class PlanLeave(RewriteAdvisor rewrite)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<LeavePlanned>> ExecuteAsync(Territory territory, AdvisorId id, LocalDate on, CancellationToken cancellationToken)
    {
        var rewritten = await rewrite.ExecuteAsync(
            territory, id, advisor => advisor.LeavesOn == on ? null : advisor with { LeavesOn = on, ForgottenAt = null }, cancellationToken);
        return rewritten.Map(done =>
        {
            var after = done.Months
                .SelectMany(month => month.Days.Where(day => month.Month.OnDayOfMonth(day.Key) >= on))
                .SelectMany(day => day.Value.Entries)
                .ToList();
            return new LeavePlanned(
                on,
                [.. after.SelectMany(entry => entry.ReferencesIn(territory))],
                [.. after.Where(entry => entry.Kind == EntryKind.Workshop).Select(entry => new WorkshopId(entry.Id))]);
        });
    }
}
