using Microsoft.Azure.Functions.Worker;
using Rdv.Backups;

namespace Rdv.Functions.Operations;

/// <summary>The backup of the night. It is asked for three times an hour, all day: what a night has missed is taken up as soon as it can be.</summary>
public sealed class BackupTimer(ExportTable export)
{
    [Function("ExportTable")]
    public Task RunAsync([TimerTrigger("40 4,24,44 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => export.ExecuteAsync(cancellationToken);
}
