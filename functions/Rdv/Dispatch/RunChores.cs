using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Messages;
using Rdv.People;
using Rdv.Territories;

namespace Rdv.Dispatch;

/// <summary>Does what is due and is no message. One query a territory; the rest follows what is due.</summary>
public sealed partial class RunChores(
    IDirectoryStore directoryStore,
    IChoreStore chores,
    IDispatchControlStore controlStore,
    IEnumerable<IChoreHandler> handlers,
    IClock clock,
    RdvMetrics metrics,
    ILogger<RunChores> logger)
{
    private const int TerritoriesAtOnce = 8;

    /// <exception cref="StorageUnavailableException">The list of territories could not be read. A territory that cannot be read is logged and passed over.</exception>
    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var seen = new Sightings();
        var inTrouble = await (await directoryStore.ListTerritoriesAsync(cancellationToken)).InEachAsync(
            TerritoriesAtOnce,
            (territory, token) => RunAsync(territory, seen, token),
            (territory, exception) => LogTerritoryFailed(logger, territory.Code, exception),
            cancellationToken);
        var beat = seen.Beat(clock.GetCurrentInstant(), inTrouble);
        metrics.Backlog(Channel.Chore, beat);
        await controlStore.BeatAsync(Channel.Chore, known: null, beat, logger, cancellationToken);
    }

    private async Task RunAsync(Territory territory, Sightings seen, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        // One after the other: two slots freed at once go to people who may be the same.
        foreach (var chore in await chores.ListAsync(territory, now, cancellationToken))
        {
            seen.Add(territory, chore.DueAt, now);
            using var span = Tracing.Start("chore", cause: chore.Cause);
            span?.SetTag("rdv.chore.kind", chore.Kind);
            try
            {
                if (!await Acting.AsAsync(chore.Who, () => handlers.Single(handler => handler.Kind == chore.Kind).RunAsync(chore, cancellationToken)))
                {
                    span?.SetTag(Tracing.Outcome, "put-off");
                    LogPutOff(logger, chore.Kind, chore.Subject.ToString());
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                // One that fails never stops the others; the watchdog tells of one that goes on failing.
                span.Fail(exception.GetType().Name);
                LogFailed(logger, chore.Kind, chore.Subject.ToString(), exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The chores of territory {Territory} could not be done.")]
    private static partial void LogTerritoryFailed(ILogger logger, string territory, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The chore {Kind} about {Subject} could not be done now.")]
    private static partial void LogPutOff(ILogger logger, string kind, string subject);

    [LoggerMessage(Level = LogLevel.Error, Message = "The chore {Kind} about {Subject} failed; the others go on.")]
    private static partial void LogFailed(ILogger logger, string kind, string subject, Exception exception);
}
