using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Directory;

namespace Rdv.Absences;

/// <summary>Takes up the operations that nobody finished: the process that began them was killed, or storage was away.</summary>
public sealed partial class ResumeOperations(
    IDirectoryStore directoryStore, IAbsenceStore absences, RunOperation runOperation, IClock clock, ILogger<ResumeOperations> logger)
{
    // Younger ones are still in the hands of the request that began them.
    private static readonly Duration Abandoned = Duration.FromMinutes(1);

    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        foreach (var territory in await directoryStore.ListTerritoriesAsync(cancellationToken))
        {
            foreach (var operation in await absences.ListOperationsAsync(territory, cancellationToken))
            {
                if (clock.GetCurrentInstant() - operation.StartedAt < Abandoned)
                {
                    continue;
                }

                try
                {
                    LogResumed(logger, territory.Code, operation.Appointments.Count);
                    await runOperation.ExecuteAsync(operation, cancellationToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
                {
                    // One that fails never stops the others; it is taken up again at the next run.
                    LogFailed(logger, territory.Code, exception);
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An absence of territory {Territory} with {Count} appointments inside was left half done: taken up again.")]
    private static partial void LogResumed(ILogger logger, string territory, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "An absence of territory {Territory} could not be finished.")]
    private static partial void LogFailed(ILogger logger, string territory, Exception exception);
}
