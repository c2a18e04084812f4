using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Load;

/// <summary>
/// Writes into each past day what was offered, so that yesterday's load never changes when the hours do. Takes up the days that a run
/// missed, as far back as it looks.
/// </summary>
public sealed partial class FreezeDays(
    IDirectoryStore directoryStore, ITerritoryDirectories directories, IAgendaStore agenda, Writer writer, IClock clock, ILogger<FreezeDays> logger)
{
    private const int LookBackDays = 7;

    /// <returns>What was said so far of the days it has looked at, as one number each: another one when somebody has said who came since.</returns>
    public async Task<IReadOnlyDictionary<Territory, int>> ExecuteAsync(CancellationToken cancellationToken)
    {
        var said = new ConcurrentDictionary<Territory, int>();
        await (await directoryStore.ListTerritoriesAsync(cancellationToken)).InEachAsync(
            atOnce: 1,
            async (territory, token) => said[territory] = await FreezeAsync(territory, token),
            (territory, exception) => LogFailed(logger, territory.Code, exception),
            cancellationToken);
        return said;
    }

    private async Task<int> FreezeAsync(Territory territory, CancellationToken cancellationToken)
    {
        var yesterday = clock.GetCurrentInstant().InZone(territory.Zone).Date.PlusDays(-1);
        var first = yesterday.PlusDays(1 - LookBackDays);
        var directory = await directories.GetAsync(territory, cancellationToken);
        var months = (await agenda.ReadDaysAsync(territory, first, yesterday, cancellationToken)).ToDictionary(month => (month.AdvisorId, month.Month));
        foreach (var advisor in directory.Advisors.Values)
        {
            foreach (var month in Horizon.Months(first, yesterday))
            {
                var read = months.GetValueOrDefault((advisor.Id, month)) ?? AgendaMonth.Missing(advisor.Id, month);
                if (Freeze(read).Count > 0)
                {
                    await OrLogAsync(territory, () => WriteAsync(month), cancellationToken);
                }
            }

            Task WriteAsync(YearMonth month) => writer.WriteAsync<int>(
                territory,
                async token =>
                {
                    // Read once more: somebody may note at any moment who came.
                    var read = await agenda.ReadMonthAsync(territory, advisor.Id, month, token);
                    var frozen = Freeze(read);
                    return frozen.Count == 0 ? 0 : new Decision<int>.Write([read.Write(frozen, read.HoursVersion)], frozen.Count);
                },
                cancellationToken);

            Dictionary<int, DayAgenda> Freeze(AgendaMonth month) => Frozen(month, first, yesterday, (day, date) => Offered.Minutes(day, directory.Rules.Open(advisor, date)));
        }

        return Said(months.Values);
    }

    // Of the same days always the same number, in whatever process.
    private static int Said(IEnumerable<AgendaMonth> months) => months
        .OrderBy(month => month.Month).ThenBy(month => month.AdvisorId.Value, StringComparer.Ordinal)
        .SelectMany(month => month.Days.OrderBy(day => day.Key), (_, day) => (day.Key, Counts: DayCounts.Of(day.Value with { OfferedMinutes = 0 }, default)))
        .Where(day => day.Counts != default)
        .Aggregate(17, (sum, day) => unchecked(
            (((((((((((sum * 31) + day.Key) * 31) + day.Counts.Booked) * 31) + day.Counts.Kept) * 31) + day.Counts.Missed) * 31) + day.Counts.Cancelled) * 31) + day.Counts.WalkIns));

    private static Dictionary<int, DayAgenda> Frozen(AgendaMonth month, LocalDate first, LocalDate last, Func<DayAgenda, LocalDate, int> offered)
    {
        var frozen = new Dictionary<int, DayAgenda>();
        for (var date = LocalDate.Max(first, month.Month.OnDayOfMonth(1)); date <= last && date.ToYearMonth() == month.Month; date = date.PlusDays(1))
        {
            var day = month.Day(date);
            if (day.OfferedMinutes is null && offered(day, date) is var minutes && (minutes > 0 || day != DayAgenda.Empty))
            {
                frozen[date.Day] = day with { OfferedMinutes = minutes };
            }
        }

        return frozen;
    }

    /// <summary>One that fails never stops the others; the next run comes by.</summary>
    private async Task OrLogAsync(Territory territory, Func<Task> freeze, CancellationToken cancellationToken)
    {
        try
        {
            await freeze();
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFailed(logger, territory.Code, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The past days of territory {Territory} could not be frozen.")]
    private static partial void LogFailed(ILogger logger, string territory, Exception exception);
}
