using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Absences;
using Rdv.Directory;
using Rdv.Workshops;

namespace Rdv.Operations;

/// <summary>Takes up the operations that nobody finished: the process that began them was killed, or storage was away.</summary>
public sealed partial class ResumeOperations(
    IDirectoryStore directoryStore, IOperationStore operations, RunAbsence runAbsence, RunWorkshop runWorkshop, IClock clock, ILogger<ResumeOperations> logger)
{
    // Younger ones are still in the hands of the request that began them.
    private static readonly Duration Abandoned = Duration.FromMinutes(1);

    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        foreach (var territory in await directoryStore.ListTerritoriesAsync(cancellationToken))
        {
            foreach (var operation in await operations.ListAsync(territory, cancellationToken))
            {
                if (clock.GetCurrentInstant() - operation.StartedAt < Abandoned)
                {
                    continue;
                }

                try
                {
                    LogResumed(logger, territory.Code, operation.Appointments.Count);
                    await RunAsync(operation, cancellationToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
                {
                    // One that fails never stops the others; it is taken up again at the next run.
                    LogFailed(logger, territory.Code, exception);
                }
            }
        }
    }

    private Task RunAsync(Operation operation, CancellationToken cancellationToken) => operation switch
    {
        AbsenceOperation absence => runAbsence.ExecuteAsync(absence, cancellationToken),
        WorkshopOperation workshop => runWorkshop.ExecuteAsync(workshop, cancellationToken),
        _ => throw new InvalidOperationException("An operation that nobody runs."),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "A change of territory {Territory} that concerns {Count} appointments was left half done: taken up again.")]
    private static partial void LogResumed(ILogger logger, string territory, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "A change of territory {Territory} could not be finished.")]
    private static partial void LogFailed(ILogger logger, string territory, Exception exception);
}
