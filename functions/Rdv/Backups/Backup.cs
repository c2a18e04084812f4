using NodaTime;
using Rdv.Privacy;

namespace Rdv.Backups;

/// <summary>One partition of the table as it was at one instant, in one compressed file.</summary>
/// <param name="File">The name of the file, inside the container of backups.</param>
/// <param name="Bytes">The length of the file, compressed.</param>
/// <param name="Sha256">Of the file, in hexadecimal digits.</param>
/// <param name="At">No earlier than this, every row of it was in the table at once.</param>
public sealed record BackupPart(string Partition, string File, int Rows, long Bytes, string Sha256, Instant At);

/// <summary>What makes a backup of files: it is written last, and without it there is none.</summary>
/// <param name="Format">The version of the files; see docs/adr/0025.</param>
public sealed record BackupManifest(int Format, string Table, Instant StartedAt, Instant CompletedAt, IReadOnlyList<BackupPart> Parts)
{
    public const int CurrentFormat = 1;
}

/// <summary>How far the export of a night is: whoever has the claim goes on with what is missing.</summary>
/// <param name="Night">The day in UTC on which it was begun.</param>
/// <param name="ClaimedUntil">Until then one run has it; in the past, any may take it.</param>
/// <param name="CompletedAt">When the manifest of this night was written; null before.</param>
/// <param name="LastCompletedAt">When the newest backup was complete; before the first, when the first export began.</param>
/// <param name="ETag">Null for the first night ever.</param>
public sealed record BackupProgress(
    LocalDate Night, Instant StartedAt, Instant ClaimedUntil, IReadOnlyList<BackupPart> Parts, Instant? CompletedAt, Instant LastCompletedAt, string? ETag);

/// <summary>Keeps <see cref="BackupProgress"/>.</summary>
/// <remarks>Every member throws <see cref="StorageUnavailableException"/> when storage does not answer.</remarks>
public interface IBackupProgressStore
{
    /// <returns>Null before the first export.</returns>
    Task<BackupProgress?> FindAsync(CancellationToken cancellationToken);

    /// <returns>As it is stored now; null when somebody has written it since it was read.</returns>
    Task<BackupProgress?> TryWriteAsync(BackupProgress progress, CancellationToken cancellationToken);
}

/// <summary>Copies partitions of the table to where backups are kept.</summary>
/// <remarks>Every member that asks storage throws <see cref="StorageUnavailableException"/> when either account does not answer.</remarks>
public interface IBackup
{
    /// <summary>Whether the settings say where backups are kept.</summary>
    bool IsOn { get; }

    string Table { get; }

    /// <summary>All that are there, but for what a restored table has to begin anew; in the order in which they are to be copied.</summary>
    Task<IReadOnlyList<string>> ListPartitionsAsync(CancellationToken cancellationToken);

    /// <summary>Copies one partition as it was at one instant.</summary>
    /// <returns>Null when it was being written to for so long that no such instant was found.</returns>
    Task<BackupPart?> CopyAsync(string partition, LocalDate night, CancellationToken cancellationToken);

    /// <summary>Notes an erasure beside the backups.</summary>
    Task NoteAsync(PrivacyRequest erasure, CancellationToken cancellationToken);

    Task WriteAsync(BackupManifest manifest, LocalDate night, CancellationToken cancellationToken);
}
