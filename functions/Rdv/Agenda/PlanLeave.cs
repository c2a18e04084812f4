using NodaTime;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Territories;

namespace Rdv.Agenda;

public abstract record LeaveOutcome
{
    private LeaveOutcome()
    {
    }

    /// <param name="After">What is booked from that day on, to be reassigned.</param>
    public sealed record Planned(LocalDate On, IReadOnlyList<AppointmentReference> After) : LeaveOutcome;

    public sealed record NotFound : LeaveOutcome;

    public sealed record Busy : LeaveOutcome;
}

/// <summary>An advisor leaves: no slot from that day on. What is booked after is listed, never dropped.</summary>
public sealed class PlanLeave(RewriteAdvisor rewrite)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<LeaveOutcome> ExecuteAsync(Territory territory, AdvisorId id, LocalDate on, CancellationToken cancellationToken) =>
        await rewrite.ExecuteAsync(territory, id, advisor => advisor.LeavesOn == on ? null : advisor with { LeavesOn = on }, cancellationToken) switch
        {
            RewriteOutcome.Rewritten done => new LeaveOutcome.Planned(on, [.. done.Months
                .SelectMany(month => month.Days.Where(day => month.Month.OnDayOfMonth(day.Key) >= on))
                .SelectMany(day => day.Value.Entries)
                .SelectMany(entry => entry.ReferencesIn(territory))]),
            RewriteOutcome.NotFound => new LeaveOutcome.NotFound(),
            _ => new LeaveOutcome.Busy(),
        };
}
