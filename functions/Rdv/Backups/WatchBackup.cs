using Microsoft.Extensions.Logging;
using NodaTime;

namespace Rdv.Backups;

/// <summary>Raises the alarm when no backup has been completed for longer than a night: nobody would notice before it is needed.</summary>
public sealed partial class WatchBackup(IBackup backup, IBackupProgressStore store, IClock clock, ILogger<WatchBackup> logger)
{
    /// <summary>A day, and the time that an export may take.</summary>
    public static readonly Duration Alarming = Duration.FromHours(26);

    /// <summary>One point read; nothing where there is nowhere to export to.</summary>
    /// <returns>Whether the alarm was raised.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        if (!backup.IsOn)
        {
            return false;
        }

        var progress = await store.FindAsync(cancellationToken);
        if (progress is null)
        {
            LogNever(logger);
            return true;
        }

        var age = clock.GetCurrentInstant() - progress.LastCompletedAt;
        if (age >= Alarming)
        {
            var hours = (int)age.TotalHours;
            LogOld(logger, hours, progress.Parts.Count);
        }

        return age >= Alarming;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "No backup has been begun yet: its timer has not run.")]
    private static partial void LogNever(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "No backup was completed for {Hours} hours; the one under way has {Parts} partitions.")]
    private static partial void LogOld(ILogger logger, int hours, int parts);
}
