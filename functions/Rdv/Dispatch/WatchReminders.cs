using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Messages;
using Rdv.Territories;

namespace Rdv.Dispatch;

/// <summary>
/// Raises the alarm in a territory that has appointments tomorrow and reminded nobody of them: the silence that leaves no backlog, because
/// the reminders were never made due, or were lost.
/// </summary>
/// <remarks>
/// Looked for once an hour of the working day, where people live, in a few appointments of each territory: one query for the agenda of
/// tomorrow, and one for each appointment until one that was reminded is found, which is the first as long as all is well.
/// </remarks>
public sealed partial class WatchReminders(
    IDirectoryStore directoryStore,
    IAgendaStore agenda,
    IAppointmentStore appointments,
    PauseDispatch dispatch,
    IClock clock,
    ILogger<WatchReminders> logger)
{
    /// <summary>Reminders leave at 10:00.</summary>
    private const int FirstHour = 11;

    private const int LastHour = 18;

    // The watchdog runs every five minutes: one of its runs is in here.
    private const int Minutes = 5;

    private const int Sample = 20;
    private const int AtOnce = 8;

    // Time enough for a run, a stale claim and its repetition.
    private static readonly Duration Settling = Duration.FromMinutes(30);

    /// <returns>The territories where nobody was reminded. One that cannot be read is an Error at the end.</returns>
    /// <exception cref="StorageUnavailableException">The list of territories, or the switches, could not be read.</exception>
    public async Task<IReadOnlyList<Territory>> ExecuteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var looked = (await directoryStore.ListTerritoriesAsync(cancellationToken))
            .Where(territory => now.InZone(territory.Zone) is { Hour: >= FirstHour and <= LastHour, Minute: < Minutes })
            .ToList();
        if (looked.Count == 0 || (await dispatch.ReadAsync(cancellationToken)).Sms.Paused)
        {
            return [];
        }

        var silent = new ConcurrentBag<Territory>();
        var inTrouble = await looked.InEachAsync(
            AtOnce,
            async (territory, token) =>
            {
                if (await IsSilentAsync(territory, now, token))
                {
                    silent.Add(territory);
                }
            },
            (territory, exception) => LogTerritoryFailed(logger, territory.Code, exception),
            cancellationToken);
        if (inTrouble.Count > 0)
        {
            LogInTrouble(logger, inTrouble.Count, inTrouble.Codes());
        }

        return [.. silent.OrderBy(territory => territory.Code, StringComparer.Ordinal)];
    }

    private async Task<bool> IsSilentAsync(Territory territory, Instant now, CancellationToken cancellationToken)
    {
        var tomorrow = now.InZone(territory.Zone).Date.PlusDays(1);
        var expected = 0;
        foreach (var reference in (await agenda.ReadDaysAsync(territory, tomorrow, tomorrow, cancellationToken))
            .SelectMany(month => month.Day(tomorrow).Entries)
            .SelectMany(entry => entry.ReferencesIn(territory))
            .Take(Sample))
        {
            var history = await appointments.ReadHistoryAsync(reference, cancellationToken);
            var reminder = history.Changes
                .SelectMany(change => change.Messages)
                .Where(message => message.Kind == MessageKinds.Reminder && message.Recipient == Recipient.Citizen)
                .MaxBy(message => message.Version);
            if (reminder is null || reminder.DueAt > now - Settling)
            {
                continue;
            }

            if (history.Messages.Any(message => MessageKinds.Base(message.Kind) == MessageKinds.Reminder && message.Version == reminder.Version
                && message.Recipient == Recipient.Citizen && message.Known != MessageState.Due))
            {
                return false;
            }

            expected++;
        }

        if (expected > 0)
        {
            LogSilence(logger, territory.Code, expected);
        }

        return expected > 0;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether people of territory {Territory} were reminded could not be read.")]
    private static partial void LogTerritoryFailed(ILogger logger, string territory, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Whether people were reminded could not be read in {Count} territories: {Territories}. The others were looked at.")]
    private static partial void LogInTrouble(ILogger logger, int count, string territories);

    [LoggerMessage(Level = LogLevel.Error, Message = "Territory {Territory}: nobody was reminded of tomorrow; {Count} appointments were looked at.")]
    private static partial void LogSilence(ILogger logger, string territory, int count);
}
