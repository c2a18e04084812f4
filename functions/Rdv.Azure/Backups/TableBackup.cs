using Azure.Core;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using NodaTime;
using Rdv.Azure.Tables;
using Rdv.Backups;
using Rdv.Privacy;

namespace Rdv.Azure.Backups;

/// <summary>Copies the table to blobs of another account, each by one request that only adds: the app has the right to nothing else there.</summary>
public sealed class TableBackup(RdvTable table, BackupSettings settings, BlobClientOptions options, IClock clock) : IBackup
{
    /// <summary>
    /// Keys of browsers, sealed under a secret that the vault has; counts of a minute; who runs what. A restored table begins them anew, and so does
    /// whoever reads them.
    /// </summary>
    internal static readonly IReadOnlySet<string> Passing = new HashSet<string>(StringComparer.Ordinal) { "keys", RowKeys.QuotasPartition, RowKeys.OperationsPartition };

    // The most that one request takes; above the first of these the client would stage blocks, which is another right.
    private static readonly StorageTransferOptions OneRequest = new() { InitialTransferSize = 5_000L * 1024 * 1024, MaximumTransferSize = 4_000L * 1024 * 1024 };

    private BlobContainerClient? _container;

    public bool IsOn => settings.IsOn;

    public string Table => table.Client.Name;

    /// <remarks>
    /// The sums of the country come first: a day that they say is summed must be in the rows of its territory, and a day that is summed once more is
    /// the same. The list of the territories comes last: it may name one that has no row yet, and never lacks one that has.
    /// </remarks>
    public async Task<IReadOnlyList<string>> ListPartitionsAsync(CancellationToken cancellationToken)
    {
        Patience.Start();
        return [.. (await TablePartitions.ListAsync(table.Client, cancellationToken))
            .Where(partition => !Passing.Contains(partition))
            .OrderBy(partition => partition switch { RowKeys.LoadPartition => 0, RowKeys.TerritoriesPartition => 2, _ => 1 })
            .ThenBy(partition => partition, StringComparer.Ordinal)];
    }

    public async Task<BackupPart?> CopyAsync(string partition, LocalDate night, CancellationToken cancellationToken)
    {
        Patience.Start();
        var at = clock.GetCurrentInstant();
        if (await TablePartitions.ReadAtOnceAsync(table.Client, partition, cancellationToken) is not { } rows)
        {
            return null;
        }

        await using var file = BackupFile.Compress(rows.Values.Select(row => row.Line));
        var (name, hash) = (BackupFile.NameOf(partition, night), BackupFile.Sha256(file));
        await AddAsync(name, file, "application/gzip", cancellationToken);
        return new BackupPart(partition, name, rows.Count, file.Length, hash, at);
    }

    public async Task WriteAsync(BackupManifest manifest, LocalDate night, CancellationToken cancellationToken)
    {
        await using var file = new MemoryStream(BackupFile.Write(manifest));
        await AddAsync(BackupFile.NameOfManifest(night), file, "application/json", cancellationToken);
    }

    public async Task NoteAsync(PrivacyRequest erasure, CancellationToken cancellationToken)
    {
        await using var file = new MemoryStream(ErasureFile.Write(erasure));
        await AddAsync(ErasureFile.NameOf(erasure), file, "application/json", cancellationToken);
    }

    private Task<global::Azure.Response<BlobContentInfo>> AddAsync(string name, Stream file, string type, CancellationToken cancellationToken) => RdvTable.AskAsync(
        "A file of a backup",
        async () =>
        {
            var container = await OpenAsync(cancellationToken);
            return await container.GetBlobClient(name).UploadAsync(
                file, new BlobUploadOptions { TransferOptions = OneRequest, HttpHeaders = new BlobHttpHeaders { ContentType = type } }, cancellationToken);
        },
        cancellationToken);

    private async Task<BlobContainerClient> OpenAsync(CancellationToken cancellationToken)
    {
        if (_container is { } open)
        {
            return open;
        }

        if (settings.Endpoint is { } endpoint)
        {
            // The template makes the container, with its rules.
            return _container = new BlobContainerClient(new Uri($"{endpoint.ToString().TrimEnd('/')}/{settings.Container}"), new DefaultAzureCredential(), options);
        }

        var container = new BlobContainerClient(settings.ConnectionString, settings.Container, options);
        await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        return _container = container;
    }
}
