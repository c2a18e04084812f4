using NodaTime;
using Rdv.Agenda;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Visits;

public abstract record VisitOutcome
{
    private VisitOutcome()
    {
    }

    /// <param name="WalkIns">How many came that day without an appointment, this one included.</param>
    public sealed record Counted(LocalDate Date, int WalkIns, bool Repeated) : VisitOutcome;

    public sealed record NotFound : VisitOutcome;

    public sealed record Busy : VisitOutcome;
}

/// <summary>Counts a visit without an appointment, now.</summary>
public sealed class CountVisit(IAgendaStore agenda, IVisitStore visits, ITransactions transactions, ITerritoryDirectories directories, IClock clock)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<VisitOutcome> ExecuteAsync(Territory territory, AdvisorId advisor, RequestIdentity request, CancellationToken cancellationToken)
    {
        if (!(await directories.GetAsync(territory, cancellationToken)).Advisors.ContainsKey(advisor))
        {
            return new VisitOutcome.NotFound();
        }

        var date = clock.GetCurrentInstant().InZone(territory.Zone).Date;
        var visit = new Visit(territory, advisor, date, request.Nonce);
        for (var attempt = 1; attempt <= Retries.MaxAttempts; attempt++)
        {
            var month = await agenda.ReadMonthAsync(territory, advisor, date.ToYearMonth(), cancellationToken);
            var day = month.Day(date);
            var outcome = await transactions.CommitAsync(
                territory,
                [
                    month.Write(new Dictionary<int, DayAgenda> { [date.Day] = day with { WalkIns = day.WalkIns + 1 } }, month.HoursVersion),
                    new RowWrite.Insert(visit),
                ],
                cancellationToken);
            if (outcome == CommitOutcome.Committed)
            {
                return new VisitOutcome.Counted(date, day.WalkIns + 1, Repeated: false);
            }

            if (await visits.ExistsAsync(visit, cancellationToken))
            {
                var counted = await agenda.ReadMonthAsync(territory, advisor, date.ToYearMonth(), cancellationToken);
                return new VisitOutcome.Counted(date, counted.Day(date).WalkIns, Repeated: attempt == 1 && outcome == CommitOutcome.Conflict);
            }

            await Retries.PauseAsync(attempt, cancellationToken);
        }

        return new VisitOutcome.Busy();
    }
}
