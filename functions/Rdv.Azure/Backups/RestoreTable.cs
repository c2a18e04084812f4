using System.Security.Cryptography;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using NodaTime;
using Rdv.Azure.Dispatch;
using Rdv.Azure.Tables;
using Rdv.Backups;
using Rdv.Dispatch;

namespace Rdv.Azure.Backups;

/// <summary>What was restored.</summary>
/// <param name="Over">Messages that do not leave again.</param>
/// <param name="Unknown">Messages that were due shortly before the loss: those to citizens become calls to make.</param>
/// <param name="ToCome">Messages that leave when they are due.</param>
/// <param name="Erasures">Who had been erased since the backup.</param>
public sealed record RestoreReport(string Backup, BackupManifest Manifest, int Rows, int Over, int Unknown, int ToCome, RestoredErasures Erasures);

/// <summary>
/// Writes a backup into a table that is empty, and compares what stands there with what should. It may be killed anywhere and run again with the
/// same arguments (docs/adr/0025).
/// </summary>
/// <param name="say">Told how far it is.</param>
public sealed class RestoreTable(BlobContainerClient backups, TableClient target, Action<string> say)
{
    // That a restore of that backup is under way; deleted at its end. No other row is in that partition.
    private const string MarkPartition = "restore";
    private const string MarkRow = "under-way";

    // 4 MiB are the most that a transaction takes, with what stands around the rows.
    private const int MostBytes = 3_000_000;
    private const int MostRows = 100;
    private const int PartitionsAtOnce = 4;

    /// <summary>The manifests that there are, the newest last.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        var found = new List<(string Name, DateTimeOffset? At)>();
        await foreach (var blob in backups.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            if (BackupFile.IsManifest(blob.Name))
            {
                found.Add((blob.Name, blob.Properties.CreatedOn));
            }
        }

        return [.. found.OrderBy(blob => blob.Name.Split('/')[0], StringComparer.Ordinal).ThenBy(blob => blob.At).Select(blob => blob.Name)];
    }

    /// <param name="backup">A manifest; null for the newest.</param>
    /// <param name="lostAt">See <see cref="AfterALoss.Judge"/>.</param>
    /// <exception cref="RestoreRefusedException">There is no such backup, it is damaged, the table is not empty, or what stands there in the end is not what should.</exception>
    public async Task<RestoreReport> ExecuteAsync(string? backup, Instant lostAt, CancellationToken cancellationToken)
    {
        var name = backup ?? (await ListAsync(cancellationToken) is [.., var newest] ? newest : throw new RestoreRefusedException("There is no backup: no manifest was found."));
        var manifest = await ReadManifestAsync(name, cancellationToken);
        if (lostAt < manifest.StartedAt)
        {
            throw new RestoreRefusedException($"The backup was begun at {BackupFile.Text(manifest.StartedAt)}: the table was not lost before. Choose an older backup, or look at the instant.");
        }

        // Before anything is written: all files are there, and are what was written.
        say($"{name}: {manifest.Parts.Count} partitions, {manifest.Parts.Sum(part => part.Rows)} rows, as of {BackupFile.Text(manifest.StartedAt)} or later.");
        await InEachAsync(manifest, async (part, token) => (await ReadPartAsync(part, token)).Clear(), cancellationToken);
        say("Every file has its SHA-256 and its number of rows.");
        await ClaimAsync(name, lostAt, cancellationToken);

        var (rows, over, unknown, toCome) = (0, 0, 0, 0);
        await InEachAsync(
            manifest,
            async (part, token) =>
            {
                var restored = RestoredRows.Of(part.Partition, await ReadPartAsync(part, token), lostAt);
                await WriteAsync(restored.Rows, token);
                await CompareAsync(part.Partition, restored.Rows, token);
                Interlocked.Add(ref rows, restored.Rows.Count);
                Interlocked.Add(ref over, restored.Over);
                Interlocked.Add(ref unknown, restored.Unknown);
                Interlocked.Add(ref toCome, restored.ToCome);
                say($"{part.Partition}: {restored.Rows.Count} rows written and compared.");
            },
            cancellationToken);
        // The log of erasures is written to here, and each is forgotten as the app would: so it comes after the comparison.
        var erasures = await RestoredErasures.ApplyAsync(backups, target, manifest, lostAt, cancellationToken);
        await FinishAsync(manifest, lostAt, cancellationToken);
        return new RestoreReport(name, manifest, rows, over, unknown, toCome, erasures);
    }

    private static Task InEachAsync(BackupManifest manifest, Func<BackupPart, CancellationToken, ValueTask> act, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(manifest.Parts, new ParallelOptions { MaxDegreeOfParallelism = PartitionsAtOnce, CancellationToken = cancellationToken }, act);

    private async Task<BackupManifest> ReadManifestAsync(string name, CancellationToken cancellationToken)
    {
        var blob = backups.GetBlobClient(name);
        if (!BackupFile.IsManifest(name) || !await blob.ExistsAsync(cancellationToken))
        {
            throw new RestoreRefusedException($"{name} is no manifest of a backup.");
        }

        try
        {
            return BackupFile.ReadManifest((await blob.DownloadContentAsync(cancellationToken)).Value.Content.ToArray());
        }
        catch (InvalidDataException exception)
        {
            throw new RestoreRefusedException($"{name}: {exception.Message}", exception);
        }
    }

    private async Task<List<TableEntity>> ReadPartAsync(BackupPart part, CancellationToken cancellationToken)
    {
        var blob = backups.GetBlobClient(part.File);
        if (!await blob.ExistsAsync(cancellationToken))
        {
            throw new RestoreRefusedException($"The file {part.File} is not there.");
        }

        await using var file = new MemoryStream();
        await blob.DownloadToAsync(file, cancellationToken);
        if (BackupFile.Sha256(file) != part.Sha256)
        {
            throw new RestoreRefusedException($"The file {part.File} is not what was written: it has another SHA-256.");
        }

        var rows = BackupFile.Read(part.Partition, file);
        return rows.Count == part.Rows ? rows : throw new RestoreRefusedException($"The file {part.File} has {rows.Count} rows, and {part.Rows} in the manifest.");
    }

    /// <summary>Only an empty table, or one that a restore of the same has begun.</summary>
    private async Task ClaimAsync(string backup, Instant lostAt, CancellationToken cancellationToken)
    {
        await target.CreateIfNotExistsAsync(cancellationToken);
        if (await target.GetEntityIfExistsAsync<TableEntity>(MarkPartition, MarkRow, cancellationToken: cancellationToken) is { HasValue: true, Value: { } mark })
        {
            if (mark.GetString("Backup") != backup || mark.GetString("LostAt") != BackupFile.Text(lostAt))
            {
                throw new RestoreRefusedException(
                    $"A restore of {mark.GetString("Backup")}, lost at {mark.GetString("LostAt")}, has begun in the table {target.Name}: end that one, or take another table.");
            }

            say("A restore of this backup has begun here: it goes on.");
            return;
        }

        if (await target.QueryAsync<TableEntity>(maxPerPage: 1, cancellationToken: cancellationToken).AnyAsync(cancellationToken))
        {
            throw new RestoreRefusedException($"The table {target.Name} is not empty: a restore writes into a new one.");
        }

        await target.AddEntityAsync(new TableEntity(MarkPartition, MarkRow) { ["Backup"] = backup, ["LostAt"] = BackupFile.Text(lostAt) }, cancellationToken);
    }

    private async Task WriteAsync(IEnumerable<TableEntity> rows, CancellationToken cancellationToken)
    {
        var (batch, bytes) = (new List<TableTransactionAction>(MostRows), 0);
        foreach (var row in rows)
        {
            var length = RowLine.Write(row).Length;
            if (batch.Count == MostRows || (batch.Count > 0 && bytes + length > MostBytes))
            {
                await target.SubmitTransactionAsync(batch, cancellationToken);
                (batch, bytes) = ([], 0);
            }

            batch.Add(new TableTransactionAction(TableTransactionActionType.UpsertReplace, row));
            bytes += length;
        }

        if (batch.Count > 0)
        {
            await target.SubmitTransactionAsync(batch, cancellationToken);
        }
    }

    private async Task CompareAsync(string partition, IReadOnlyCollection<TableEntity> wanted, CancellationToken cancellationToken)
    {
        var there = await TablePartitions.ReadAtOnceAsync(target, partition, cancellationToken)
            ?? throw new RestoreRefusedException($"Somebody writes to the partition {partition} of the table {target.Name}.");
        if (partition == RowKeys.PrivacyPartition)
        {
            // A run before this one may have noted there who was erased since the backup.
            var known = wanted.Select(row => row.RowKey).ToHashSet(StringComparer.Ordinal);
            there.Keys.Where(key => !known.Contains(key)).ToList().ForEach(key => there.Remove(key));
        }

        if (there.Count != wanted.Count || Hash(there.Values.Select(row => row.Line)) != Hash(wanted.Select(RowLine.Write)))
        {
            throw new RestoreRefusedException($"The partition {partition} of the table {target.Name} is not what was restored: {there.Count} rows for {wanted.Count}.");
        }
    }

    private static string Hash(IEnumerable<byte[]> lines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in lines)
        {
            hash.AppendData(line);
            hash.AppendData("\n"u8);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The table begins paused: someone looks before anything leaves.</summary>
    private async Task FinishAsync(BackupManifest manifest, Instant lostAt, CancellationToken cancellationToken)
    {
        await new TableDispatchControlStore(new RdvTable(target)).TryWriteAsync(
            new DispatchSwitches(new ChannelSwitch(lostAt), new ChannelSwitch(lostAt), ETag: null), cancellationToken);
        var others = (await TablePartitions.ListAsync(target, cancellationToken))
            .Except([.. manifest.Parts.Select(part => part.Partition), MarkPartition, RowKeys.OperationsPartition, RowKeys.PrivacyPartition])
            .ToList();
        if (others.Count > 0)
        {
            throw new RestoreRefusedException($"The table {target.Name} has partitions that are not of the backup: {string.Join(", ", others)}.");
        }

        await target.DeleteEntityAsync(MarkPartition, MarkRow, cancellationToken: cancellationToken);
    }
}
