using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Directory;
using Rdv.Messages;
using Rdv.Territories;

namespace Rdv.Dispatch;

/// <summary>What waits too long in a territory.</summary>
public sealed record Backlog(Territory Territory, Channel Channel, int Count, Duration Age);

/// <summary>
/// Raises the alarm where messages that were due still wait, and when a loop no longer looks: something stopped, and nobody would notice the
/// silence. What is due is compared with what is done by what is left over.
/// </summary>
/// <remarks>
/// It looks where the loop of the channel saw something wait (<see cref="Heartbeat"/>), and everywhere when that loop is silent. In the course of
/// an hour it looks by itself into every territory, so that a loop that sees nothing is no silence either.
/// <br/>
/// A due row goes in the transaction that writes what became of it, so that what is left over is exactly what has not been done: nothing has
/// to be counted when a message is settled, and no counter can drift. The query costs what waits, not what was sent. What should have been
/// made due and was not leaves no row: <see cref="WatchReminders"/> looks for that.
/// </remarks>
public sealed partial class WatchBacklog(
    IDirectoryStore directoryStore, IDueStore dueStore, PauseDispatch dispatch, IClock clock, ILogger<WatchBacklog> logger)
{
    /// <summary>A pause that is longer may have been forgotten.</summary>
    public static readonly Duration LongPause = Duration.FromHours(1);

    private const int AtOnce = 16;

    // So many runs are an hour.
    private const int RunsARound = 12;
    private static readonly Duration BetweenRuns = Duration.FromMinutes(5);

    /// <returns>Where something waits too long. A channel that people have paused is not looked at. A territory that cannot be read is an Error at the end.</returns>
    /// <exception cref="StorageUnavailableException">The list of territories, or the switches, could not be read.</exception>
    public async Task<IReadOnlyList<Backlog>> ExecuteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var status = await dispatch.ReadAsync(cancellationToken);
        if (status.BudgetSpent)
        {
            LogBudget(logger, status.SmsPerDay);
        }
        else if (status.BudgetNearlySpent)
        {
            LogNearlySpent(logger, status.SmsToday, status.SmsPerDay);
        }

        foreach (var channel in Enum.GetValues<Channel>())
        {
            if (status.Heartbeats.GetValueOrDefault(channel) is { } heartbeat && heartbeat.IsSilent(now))
            {
                LogSilent(logger, channel, (int)(now - heartbeat.At).TotalMinutes);
            }

            if (now - status.PausedSince(channel) is { } paused && paused > LongPause)
            {
                LogPaused(logger, channel, (int)paused.TotalMinutes);
            }
        }

        var running = Enum.GetValues<Channel>().Where(channel => status.PausedSince(channel) is null).ToList();
        var turn = (int)(now.ToUnixTimeSeconds() / (long)BetweenRuns.TotalSeconds % RunsARound);
        var territories = (await directoryStore.ListTerritoriesAsync(cancellationToken)).Index().ToDictionary(
            numbered => numbered.Item, numbered => running.Where(channel => numbered.Index % RunsARound == turn || IsSuspect(numbered.Item, channel)).ToList());
        var found = new ConcurrentBag<Backlog>();
        var inTrouble = await territories.Keys.InEachAsync(
            AtOnce,
            async (territory, token) =>
            {
                foreach (var channel in territories[territory])
                {
                    // A reminder that something held up until the evening waits for the morning.
                    var waiting = (await dueStore.ListWaitingAsync(territory, channel, now - Heartbeat.Silence, token))
                        .Where(message => channel != Channel.Sms || SendingHours.From(message.Kind, territory, now) == now)
                        .ToList();
                    if (waiting.Count > 0)
                    {
                        var backlog = new Backlog(territory, channel, waiting.Count, now - waiting.Min(message => message.DueAt));
                        found.Add(backlog);
                        LogBacklog(logger, territory.Code, backlog.Count, channel, (int)backlog.Age.TotalMinutes);
                    }
                }
            },
            (territory, exception) => LogTerritoryFailed(logger, territory.Code, exception),
            cancellationToken);
        if (inTrouble.Count > 0)
        {
            LogInTrouble(logger, inTrouble.Count, inTrouble.Codes());
        }

        return [.. found.OrderByDescending(backlog => backlog.Age)];

        // Something waited there when the loop looked, or nobody knows.
        bool IsSuspect(Territory territory, Channel channel) =>
            status.Heartbeats.GetValueOrDefault(channel) is not { } heartbeat || heartbeat.IsSilent(now) || heartbeat.Waiting.Contains(territory) || heartbeat.InTrouble.Contains(territory);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What waits in territory {Territory} could not be read.")]
    private static partial void LogTerritoryFailed(ILogger logger, string territory, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "What waits could not be read in {Count} territories: {Territories}. The others were looked at.")]
    private static partial void LogInTrouble(ILogger logger, int count, string territories);

    [LoggerMessage(Level = LogLevel.Error, Message = "Territory {Territory}: {Count} {Channel} messages wait; the oldest was due {Minutes} minutes ago.")]
    private static partial void LogBacklog(ILogger logger, string territory, int count, Channel channel, int minutes);

    [LoggerMessage(Level = LogLevel.Error, Message = "Nothing has looked for {Channel} messages for {Minutes} minutes: its timer has stopped. What waits is looked for in all territories.")]
    private static partial void LogSilent(ILogger logger, Channel channel, int minutes);

    [LoggerMessage(Level = LogLevel.Error, Message = "The budget of {PerDay} SMS a day is spent: no SMS leaves before tomorrow.")]
    private static partial void LogBudget(ILogger logger, int perDay);

    // An alert looks for its first words (infra/modules/alerts.bicep).
    [LoggerMessage(Level = LogLevel.Warning, Message = "SMS of today: {Sent} of a budget of {PerDay}. When it is spent no SMS leaves before tomorrow.")]
    private static partial void LogNearlySpent(ILogger logger, int sent, int perDay);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Channel} has been paused for {Minutes} minutes: what cannot wait becomes calls.")]
    private static partial void LogPaused(ILogger logger, Channel channel, int minutes);
}
