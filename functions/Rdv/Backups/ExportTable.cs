using Microsoft.Extensions.Logging;
using NodaTime;

namespace Rdv.Backups;

/// <summary>
/// Once a night, copies every partition to where backups are kept (docs/adr/0025). It may be killed anywhere and run as often as one likes: what
/// has been copied is noted after each partition, and the next run goes on with what is missing.
/// </summary>
public sealed partial class ExportTable(IBackup backup, IBackupProgressStore store, IClock clock, TimeProvider time, ILogger<ExportTable> logger)
{
    /// <summary>The hour, in UTC, from which on it is due: night in mainland France, where most of what is stored is.</summary>
    public const int Hour = 1;

    /// <summary>A run takes up nothing new after this; the next one goes on.</summary>
    public static readonly TimeSpan RunLength = TimeSpan.FromMinutes(15);

    /// <summary>Longer than one partition takes: the claim is renewed with each. What a killed run leaves is taken up after it.</summary>
    public static readonly Duration ClaimLength = Duration.FromMinutes(15);

    private int _saidOff;

    /// <summary>To be run every few minutes: where the night is done it costs one point read, and nothing where there is nowhere to export to.</summary>
    /// <returns>Whether this run has completed the backup of the night.</returns>
    /// <exception cref="StorageUnavailableException">
    /// Storage did not answer: the next run goes on. A partition that cannot be copied is logged, and the others are.
    /// </exception>
    public async Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        if (!backup.IsOn)
        {
            if (Interlocked.Exchange(ref _saidOff, 1) == 0)
            {
                LogOff(logger);
            }

            return false;
        }

        return await ClaimAsync(cancellationToken) is { } claimed && await ExportAsync(claimed, cancellationToken);
    }

    private async Task<BackupProgress?> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var night = (now - Duration.FromHours(Hour)).InUtc().Date;
        var known = await store.FindAsync(cancellationToken);
        if (known?.ClaimedUntil > now || (known?.Night == night && known.CompletedAt is not null))
        {
            return null;
        }

        var ours = known?.Night == night
            ? known with { ClaimedUntil = now + ClaimLength }
            : new BackupProgress(night, now, now + ClaimLength, [], null, known?.LastCompletedAt ?? now, known?.ETag);
        return await store.TryWriteAsync(ours, cancellationToken);
    }

    private async Task<bool> ExportAsync(BackupProgress progress, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var all = await backup.ListPartitionsAsync(cancellationToken);
        var missing = all.Except(progress.Parts.Select(part => part.Partition)).ToList();
        var (left, inTrouble, trouble) = (0, new List<string>(), (Exception?)null);
        foreach (var partition in missing)
        {
            BackupPart? copied = null;
            // The last of all names the others: it is copied after them.
            if (time.GetElapsedTime(started) < RunLength && (left == 0 || partition != all[^1]))
            {
                try
                {
                    copied = await backup.CopyAsync(partition, progress.Night, cancellationToken);
                }
                catch (StorageUnavailableException exception)
                {
                    // No territory waits for another.
                    trouble = exception;
                    inTrouble.Add(partition);
                }
            }

            if (copied is not { } part)
            {
                left++;
                continue;
            }

            if (await store.TryWriteAsync(progress with { Parts = [.. progress.Parts, part], ClaimedUntil = clock.GetCurrentInstant() + ClaimLength }, cancellationToken) is not { } noted)
            {
                // It took so long that another run has it by now. The file is in no manifest.
                return false;
            }

            progress = noted;
        }

        if (inTrouble.Count > 0)
        {
            LogInTrouble(logger, string.Join(' ', inTrouble), trouble);
        }

        var now = clock.GetCurrentInstant();
        if (left > 0)
        {
            LogLeft(logger, left, missing.Count);
            await store.TryWriteAsync(progress with { ClaimedUntil = now }, cancellationToken);
            return false;
        }

        await backup.WriteAsync(new BackupManifest(BackupManifest.CurrentFormat, backup.Table, progress.StartedAt, now, progress.Parts), progress.Night, cancellationToken);
        await store.TryWriteAsync(progress with { ClaimedUntil = now, CompletedAt = now, LastCompletedAt = now }, cancellationToken);
        var (rows, bytes) = (progress.Parts.Sum(part => (long)part.Rows), progress.Parts.Sum(part => part.Bytes));
        LogDone(logger, progress.Parts.Count, rows, bytes);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not copied: {Partitions}. The next run tries again.")]
    private static partial void LogInTrouble(ILogger logger, string partitions, Exception? exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing is backed up: no setting says where to.")]
    private static partial void LogOff(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Left} of {Missing} partitions are not in the backup of this night yet: the next run goes on.")]
    private static partial void LogLeft(ILogger logger, int left, int missing);

    [LoggerMessage(Level = LogLevel.Information, Message = "The table is backed up: {Partitions} partitions, {Rows} rows, {Bytes} bytes.")]
    private static partial void LogDone(ILogger logger, int partitions, long rows, long bytes);
}
