using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Visits;

/// <param name="WalkIns">How many came that day without an appointment, this one included.</param>
/// <param name="Repeated">This very request had been counted before.</param>
public sealed record VisitCounted(LocalDate Date, int WalkIns, bool Repeated);

/// <summary>Counts a visit without an appointment, now, and takes back what was counted by mistake.</summary>
public sealed class CountVisit(IAgendaStore agenda, IVisitStore visits, Writer writer, ITerritoryDirectories directories, IClock clock)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<VisitCounted>> ExecuteAsync(Territory territory, AdvisorId advisor, RequestIdentity request, CancellationToken cancellationToken)
    {
        if (!(await directories.GetAsync(territory, cancellationToken)).Advisors.ContainsKey(advisor))
        {
            return new Refusal.NotFound();
        }

        var date = clock.GetCurrentInstant().InZone(territory.Zone).Date;
        var visit = new Visit(territory, advisor, date, request.Nonce);
        return await writer.WriteAsync<VisitCounted>(
            territory,
            async token =>
            {
                var repeated = await visits.ExistsAsync(visit, token);
                var month = await agenda.ReadMonthAsync(territory, advisor, date.ToYearMonth(), token);
                var day = month.Day(date);
                if (repeated)
                {
                    return new VisitCounted(date, day.WalkIns, Repeated: true);
                }

                var counted = day with { WalkIns = day.WalkIns + 1 };
                return new Decision<VisitCounted>.Write(
                    [month.Write(date, counted), new RowWrite.Insert(visit)], new VisitCounted(date, counted.WalkIns, Repeated: false));
            },
            cancellationToken);
    }

    /// <summary>Takes back what that request has counted today. Once more, or by another request, changes nothing.</summary>
    /// <param name="request">The one that counted it.</param>
    /// <returns>How many are counted today.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<int>> UndoAsync(Territory territory, AdvisorId advisor, RequestIdentity request, CancellationToken cancellationToken)
    {
        var date = clock.GetCurrentInstant().InZone(territory.Zone).Date;
        var visit = new Visit(territory, advisor, date, request.Nonce);
        return await writer.WriteAsync<int>(
            territory,
            async token =>
            {
                var counted = await visits.ExistsAsync(visit, token);
                var month = await agenda.ReadMonthAsync(territory, advisor, date.ToYearMonth(), token);
                var day = month.Day(date);
                if (!counted || day.WalkIns == 0)
                {
                    return day.WalkIns;
                }

                // The month is written on the condition that nobody has changed it: of two at once, one takes it back.
                var left = day with { WalkIns = day.WalkIns - 1 };
                return new Decision<int>.Write([month.Write(date, left), new RowWrite.Delete(visit)], left.WalkIns);
            },
            cancellationToken);
    }
}
