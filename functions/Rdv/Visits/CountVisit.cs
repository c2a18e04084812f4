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

/// <summary>Counts a visit without an appointment, now.</summary>
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
}
