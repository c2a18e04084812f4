using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;
using Rdv.Waiting;

namespace Rdv.Load;

/// <summary>
/// Sums each day of each structure and of each territory, so that who steers reads sums and no agenda (docs/adr/0023). What a past day offered
/// is never summed again; who came is, for as long as somebody may still say so. Takes up the days that nights have missed.
/// </summary>
/// <remarks>
/// Each run sums whole months from the agenda, and writes those that say something else than before: it may be killed anywhere, and run as often
/// as one likes.
/// </remarks>
public sealed partial class FreezeSums(
    IDirectoryStore directoryStore,
    ITerritoryDirectories directories,
    IAgendaStore agenda,
    IDemandStore demand,
    ISumsStore sums,
    Writer writer,
    RdvSettings settings,
    IClock clock,
    ILogger<FreezeSums> logger)
{
    /// <summary>So many days back are corrected by what is said later.</summary>
    public const int CorrectedDays = 92;

    private const int TerritoriesAtOnce = 4;

    // So far the first night looks.
    private const int FirstDays = 400;

    /// <summary>
    /// To be run every hour: it is past midnight at another hour in each territory, and people say who came in the evening. One query where nothing is
    /// new.
    /// </summary>
    /// <param name="said">Of the last days, as <see cref="FreezeDays"/> has found it.</param>
    /// <exception cref="StorageUnavailableException">How far the sums are could not be read. A territory that cannot be summed is logged; the next run takes it up.</exception>
    public async Task ExecuteAsync(IReadOnlyDictionary<Territory, int> said, CancellationToken cancellationToken)
    {
        var done = await sums.ReadDoneAsync(cancellationToken);
        await (await directoryStore.ListTerritoriesAsync(cancellationToken)).InEachAsync(
            TerritoriesAtOnce,
            (territory, token) => SumAsync(territory, done.GetValueOrDefault(territory), said.TryGetValue(territory, out var state) ? state : null, token),
            (territory, exception) => LogFailed(logger, territory.Code, exception),
            cancellationToken);
    }

    private async Task SumAsync(Territory territory, SumsDone? done, int? said, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var window = OfferWindow.Of(territory, now, settings);
        var yesterday = now.InZone(territory.Zone).Date.PlusDays(-1);
        if (done?.Through >= yesterday && (said ?? done.Said) == done.Said)
        {
            return;
        }

        var first = LocalDate.Min(done?.Through ?? yesterday.PlusDays(-FirstDays), yesterday.PlusDays(-CorrectedDays)).With(DateAdjusters.StartOfMonth);
        var directory = await directories.GetAsync(territory, cancellationToken);
        var agendas = (await agenda.ReadDaysAsync(territory, first, window.LastDay, cancellationToken)).ToDictionary(month => (month.AdvisorId, month.Month));
        var before = (await sums.ReadAsync(territory, first.ToYearMonth(), window.LastDay.ToYearMonth(), withHours: true, cancellationToken))
            .ToDictionary(month => (month.Structure!.Value, month.Month));
        var asked = await demand.ListAsync(territory, Demand.WeekOf(first), Demand.WeekOf(yesterday.PlusDays(1)), cancellationToken);
        var told = new Told(directory, agendas, before, done?.Through, window, now, Unmet.Of(directory, asked));

        var changed = new List<MonthSums>();
        foreach (var month in Horizon.Months(first, window.LastDay))
        {
            var structures = directory.Structures.Keys.Append(MonthSums.NoStructure).Select(structure => told.Sum(structure, month)).ToList();
            var different = structures.Where(sum => !sum.Says(before.GetValueOrDefault((sum.Structure!.Value, month)))).ToList();
            if (different.Count > 0)
            {
                // The whole before its parts: whoever is killed between them finds the parts different once more.
                await sums.PutAsync(Whole(territory, month, structures), cancellationToken);
                changed.AddRange(different);
            }
        }

        foreach (var chunk in changed.Chunk(ITransactions.MaxRows))
        {
            await writer.WriteAsync<bool>(
                territory, _ => Task.FromResult<Decision<bool>>(new Decision<bool>.Write([.. chunk.Select(sum => new RowWrite.Put(sum))], true)), cancellationToken);
        }

        await sums.PutAsync(territory, new SumsDone(yesterday, said ?? 0), cancellationToken);
    }

    private static MonthSums Whole(Territory territory, YearMonth month, IReadOnlyCollection<MonthSums> structures) => new(territory, null, month, structures
        .SelectMany(sum => sum.Days)
        .GroupBy(day => day.Key, day => day.Value)
        .ToDictionary(day => day.Key, day => DaySums.Sum([.. day]) with { Third = ThirdNextAvailable.Median([.. day.Select(one => one.Third).OfType<ThirdNextAvailable>()]) }));

    /// <summary>What is told of the days of a territory's structures.</summary>
    private sealed class Told(
        TerritoryDirectory directory,
        Dictionary<(AdvisorId, YearMonth), AgendaMonth> agendas,
        Dictionary<(StructureId, YearMonth), MonthSums> before,
        LocalDate? through,
        OfferWindow window,
        Instant now,
        IReadOnlyDictionary<(StructureId Structure, LocalDate Monday), int> unmet)
    {
        public MonthSums Sum(StructureId structure, YearMonth month)
        {
            var (advisors, today) = (directory.AdvisorsOf(structure).ToList(), now.InZone(directory.Territory.Zone).Date);
            var known = before.GetValueOrDefault((structure, month));
            var days = new Dictionary<int, DaySums>();
            for (var date = month.OnDayOfMonth(1); date <= window.LastDay && date.ToYearMonth() == month; date = date.PlusDays(1))
            {
                var day = Sum(structure, advisors, date, known?.Day(date) ?? DaySums.None, today);
                if (!day.IsNone)
                {
                    days[date.Day] = day;
                }
            }

            return new MonthSums(directory.Territory, structure, month, days);
        }

        private DaySums Sum(StructureId structure, List<Advisor> advisors, LocalDate date, DaySums known, LocalDate today)
        {
            var (counts, hours) = (default(LoadCounts), new List<HourLoad>());
            foreach (var advisor in advisors)
            {
                var day = agendas.GetValueOrDefault((advisor.Id, date.ToYearMonth()))?.Day(date) ?? DayAgenda.Empty;
                var open = directory.Rules.Open(advisor, date);
                counts += DayCounts.Of(day, open);
                hours.AddRange(DayCounts.HoursOf(day, open));
            }

            if (date <= through)
            {
                counts = counts with { OfferedMinutes = known.Counts.OfferedMinutes };
                hours = [.. hours.Select(hour => hour with { OfferedMinutes = 0 }), .. known.Hours.Select(hour => hour with { BookedMinutes = 0, Meetings = 0 })];
            }

            return new DaySums(
                counts,
                date.PlusDays(6) <= through ? known.Unmet : unmet.GetValueOrDefault((structure, date)),
                date == today && advisors.Exists(advisor => advisor.Hours.Count > 0) ? Third(advisors) : known.Third,
                [.. HourLoad.Sum(hours).Where(hour => hour.OfferedMinutes > 0 || hour.Meetings > 0)]);
        }

        private ThirdNextAvailable Third(List<Advisor> advisors) =>
            ThirdNextAvailable.Of(directory, advisors, (advisor, month) => agendas.GetValueOrDefault((advisor, month)), window, now);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The days of territory {Territory} could not be summed; the next run takes them up.")]
    private static partial void LogFailed(ILogger logger, string territory, Exception exception);
}
