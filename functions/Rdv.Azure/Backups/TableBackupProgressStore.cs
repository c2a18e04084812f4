using System.Globalization;
using Azure.Data.Tables;
using NodaTime.Text;
using Rdv.Azure.Tables;
using Rdv.Backups;

namespace Rdv.Azure.Backups;

/// <summary>One row beside what else holds for all instances; a part to a line, since the app may write backups and not read them.</summary>
public sealed class TableBackupProgressStore(RdvTable table) : IBackupProgressStore
{
    private const string Row = "backup";

    public async Task<BackupProgress?> FindAsync(CancellationToken cancellationToken) =>
        await table.FindAsync(RowKeys.OperationsPartition, Row, null, cancellationToken) is { } row
            ? new BackupProgress(
                LocalDatePattern.Iso.Parse(row.Text("Night")).Value,
                row.Instant("StartedAt"),
                row.Instant("ClaimedUntil"),
                [.. (row.GetString("Parts") ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ReadPart)],
                row.FindInstant("CompletedAt"),
                row.Instant("LastCompletedAt"),
                row.ETag.ToString())
            : null;

    public async Task<BackupProgress?> TryWriteAsync(BackupProgress progress, CancellationToken cancellationToken) =>
        await table.TryWriteAsync(
            new TableEntity(RowKeys.OperationsPartition, Row)
                .With("Night", LocalDatePattern.Iso.Format(progress.Night))
                .With("StartedAt", progress.StartedAt)
                .With("ClaimedUntil", progress.ClaimedUntil)
                .With("Parts", progress.Parts.Count == 0 ? null : string.Join('\n', progress.Parts.Select(Text)))
                .With("CompletedAt", progress.CompletedAt)
                .With("LastCompletedAt", progress.LastCompletedAt),
            progress.ETag,
            cancellationToken) is { } etag ? progress with { ETag = etag } : null;

    private static string Text(BackupPart part) =>
        string.Create(CultureInfo.InvariantCulture, $"{part.Partition} {part.File} {part.Rows} {part.Bytes} {part.Sha256} {BackupFile.Text(part.At)}");

    private static BackupPart ReadPart(string line) => line.Split(' ') is [var partition, var file, var rows, var bytes, var sha256, var at]
        ? new BackupPart(
            partition, file, int.Parse(rows, CultureInfo.InvariantCulture), long.Parse(bytes, CultureInfo.InvariantCulture), sha256, BackupFile.At(at))
        : throw new InvalidDataException("A part of a backup is noted as nobody writes it.");
}
