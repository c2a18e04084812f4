using NodaTime;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Agenda;

/// <param name="After">What is booked from that day on, to be reassigned.</param>
public sealed record LeavePlanned(LocalDate On, IReadOnlyList<AppointmentReference> After);

/// <summary>An advisor leaves: no slot from that day on. What is booked after is listed, never dropped.</summary>
public sealed class PlanLeave(RewriteAdvisor rewrite)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<LeavePlanned>> ExecuteAsync(Territory territory, AdvisorId id, LocalDate on, CancellationToken cancellationToken)
    {
        var rewritten = await rewrite.ExecuteAsync(
            territory, id, advisor => advisor.LeavesOn == on ? null : advisor with { LeavesOn = on }, cancellationToken);
        return rewritten.Map(done => new LeavePlanned(on, [.. done.Months
            .SelectMany(month => month.Days.Where(day => month.Month.OnDayOfMonth(day.Key) >= on))
            .SelectMany(day => day.Value.Entries)
            .SelectMany(entry => entry.ReferencesIn(territory))]));
    }
}
