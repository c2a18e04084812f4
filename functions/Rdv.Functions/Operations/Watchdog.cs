using Microsoft.Azure.Functions.Worker;
using Rdv.Backups;
using Rdv.Dispatch;

namespace Rdv.Functions.Operations;

/// <summary>Looks whether messages leave, and whether there is a backup. Its own run is what the silence alert of the deployment waits for.</summary>
public sealed class Watchdog(WatchBacklog watchBacklog, WatchReminders watchReminders, WatchBackup watchBackup)
{
    [Function("Watchdog")]
    public Task RunAsync([TimerTrigger("15 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        Task.WhenAll(watchBacklog.ExecuteAsync(cancellationToken), watchReminders.ExecuteAsync(cancellationToken), watchBackup.ExecuteAsync(cancellationToken));
}
