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
    IDirectoryStore directoryStore, ITerritoryDirectories directories, IAgendaStore agenda, ITransactions transactions, IClock clock, ILogger<FreezeDays> logger)
{
    private const int LookBackDays = 7;

    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        foreach (var territory in await directoryStore.ListTerritoriesAsync(cancellationToken))
        {
            try
            {
                await FreezeAsync(territory, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                LogFailed(logger, territory.Code, exception);
            }
        }
    }

    private async Task FreezeAsync(Territory territory, CancellationToken cancellationToken)
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
                var frozen = new Dictionary<int, DayAgenda>();
                for (var date = LocalDate.Max(first, month.OnDayOfMonth(1)); date <= yesterday && date.ToYearMonth() == month; date = date.PlusDays(1))
                {
                    var day = read.Day(date);
                    if (day.OfferedMinutes is null && Offered.Minutes(day, directory.Rules.Open(advisor, date)) is var minutes
                        && (minutes > 0 || day != DayAgenda.Empty))
                    {
                        frozen[date.Day] = day with { OfferedMinutes = minutes };
                    }
                }

                // A conflict means that somebody marked an outcome just now: the next run comes by.
                if (frozen.Count > 0)
                {
                    await transactions.CommitAsync(territory, [read.Write(frozen, read.HoursVersion)], cancellationToken);
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The past days of territory {Territory} could not be frozen.")]
    private static partial void LogFailed(ILogger logger, string territory, Exception exception);
}
