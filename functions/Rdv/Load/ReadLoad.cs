using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Load;

/// <summary>The load of a structure's advisors over some days: one query.</summary>
public sealed class ReadLoad(IAgendaStore agenda, ITerritoryDirectories directories, RdvSettings settings, IClock clock)
{
    public const int MaxDays = 366;

    internal static Refusal NoPeriod => new Refusal.Invalid("to", $"Choisissez une période de {MaxDays} jours au plus, qui finit après son début.");

    /// <param name="from">First day; the first of this month when null.</param>
    /// <param name="to">Last day, included; the last of the month of <paramref name="from"/> when null.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<LoadReport>> ExecuteAsync(
        Territory territory, StructureId structureId, LocalDate? from, LocalDate? to, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(territory, cancellationToken);
        if (!directory.Structures.TryGetValue(structureId, out var structure))
        {
            return new Refusal.NotFound();
        }

        var now = clock.GetCurrentInstant();
        var first = from ?? now.InZone(territory.Zone).Date.With(DateAdjusters.StartOfMonth);
        var last = to ?? first.With(DateAdjusters.EndOfMonth);
        if (last < first || Period.DaysBetween(first, last) >= MaxDays)
        {
            return NoPeriod;
        }

        // One query for the days of the report and those that are still offered.
        var window = OfferWindow.Of(territory, now, settings);
        var today = now.InZone(territory.Zone).Date;
        var months = (await agenda.ReadDaysAsync(territory, LocalDate.Min(first, today), LocalDate.Max(last, window.LastDay), cancellationToken)).ToDictionary(month => (month.AdvisorId, month.Month));
        var advisors = directory.AdvisorsOf(structureId)
            .Select(advisor => LoadOf(advisor, directory, months, first, last))
            .ToList();
        var totals = advisors.Aggregate(default(LoadCounts), (sum, advisor) => sum + advisor.Totals);
        return new LoadReport(structure, first, last, totals, advisors)
        {
            ThirdNextAvailable = ThirdNextAvailable.Of(
                directory, directory.AdvisorsOf(structureId), (advisor, month) => months.GetValueOrDefault((advisor, month)), window, now),
        };
    }

    private static AdvisorLoad LoadOf(
        Advisor advisor, TerritoryDirectory directory, Dictionary<(AdvisorId, YearMonth), AgendaMonth> months, LocalDate first, LocalDate last)
    {
        var days = new List<DayLoad>();
        for (var date = first; date <= last; date = date.PlusDays(1))
        {
            var day = months.TryGetValue((advisor.Id, date.ToYearMonth()), out var month) ? month.Day(date) : DayAgenda.Empty;
            var open = directory.Rules.Open(advisor, date);
            days.Add(new DayLoad(date, DayCounts.Of(day, open)) { Hours = [.. DayCounts.HoursOf(day, open)] });
        }

        return new AdvisorLoad(advisor.Id, advisor.DisplayName, days.Aggregate(default(LoadCounts), (sum, day) => sum + day.Counts), days);
    }
}
