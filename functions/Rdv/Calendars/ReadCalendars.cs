using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Directory;
using Rdv.Territories;

namespace Rdv.Calendars;

/// <summary>
/// Reads the calendars of the territories whose minute it is: each territory has one in every fifteen, so that a minute costs a few queries,
/// and whoever publishes many calendars is not asked for all at once.
/// </summary>
public sealed partial class ReadCalendars(
    IDirectoryStore directoryStore, ICalendarStore calendars, ReadCalendar read, IClock clock, TimeProvider time, ILogger<ReadCalendars> logger)
{
    /// <summary>The next run starts a minute after this one.</summary>
    public static readonly TimeSpan RunLength = TimeSpan.FromSeconds(50);

    private const int TerritoriesAtOnce = 8;
    private const int CalendarsAtOnce = 16;

    /// <exception cref="StorageUnavailableException">The list of territories could not be read. A territory that cannot be read is logged and passed over.</exception>
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var minute = clock.GetCurrentInstant().ToUnixTimeSeconds() / NodaConstants.SecondsPerMinute;
        var at = Instant.FromUnixTimeSeconds(minute * NodaConstants.SecondsPerMinute);
        var due = new ConcurrentBag<OwnCalendar>();
        await (await directoryStore.ListTerritoriesAsync(cancellationToken)).Where(territory => TurnOf(territory) == minute % Turns).InEachAsync(
            TerritoriesAtOnce,
            async (territory, token) =>
            {
                foreach (var calendar in await calendars.ListAsync(territory, token))
                {
                    if (at - calendar.CheckedAt >= OwnCalendar.Interval)
                    {
                        due.Add(calendar);
                    }
                }
            },
            (territory, exception) => LogTerritoryFailed(logger, territory.Code, exception),
            cancellationToken);

        // In another order each time: what time does not reach is not always the same.
        var shuffled = due.ToArray();
        Random.Shared.Shuffle(shuffled);
        var leftOver = 0;
        await Parallel.ForEachAsync(
            shuffled,
            new ParallelOptions { MaxDegreeOfParallelism = CalendarsAtOnce, CancellationToken = cancellationToken },
            async (calendar, token) =>
            {
                if (time.GetElapsedTime(began) >= RunLength)
                {
                    Interlocked.Increment(ref leftOver);
                    return;
                }

                await OrLogAsync(calendar, at, token);
            });
        if (leftOver > 0)
        {
            LogOver(logger, leftOver);
        }
    }

    /// <summary>The minute of a territory in each quarter of an hour: the same on every instance.</summary>
    public static int TurnOf(Territory territory) => territory.Code.Aggregate(0, (hash, letter) => (hash * 31) + letter) % Turns;

    private static int Turns => (int)OwnCalendar.Interval.TotalMinutes;

    /// <summary>One that fails never stops the others.</summary>
    private async Task OrLogAsync(OwnCalendar calendar, Instant at, CancellationToken cancellationToken)
    {
        try
        {
            await read.ExecuteAsync(calendar, at, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFailed(logger, calendar.Subject.ToString(), exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The calendars of territory {Territory} could not be listed.")]
    private static partial void LogTerritoryFailed(ILogger logger, string territory, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The calendar {Calendar} could not be taken up; the others go on.")]
    private static partial void LogFailed(ILogger logger, string calendar, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The time of a run was over: {Count} calendars wait for a quarter of an hour.")]
    private static partial void LogOver(ILogger logger, int count);
}
