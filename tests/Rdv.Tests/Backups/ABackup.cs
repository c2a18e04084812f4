using Azure.Data.Tables;
using Azure.Storage.Blobs;
using NodaTime;
using Rdv.Azure.Backups;
using Rdv.Backups;
using Rdv.Tests.Infrastructure;
using Xunit;

namespace Rdv.Tests.Backups;

/// <summary>A world that is backed up into a container of its own, and restored into a table of its own.</summary>
internal sealed class ABackup
{
    private readonly World _world;
    private readonly string _connection;

    private ABackup(World world, string connection)
    {
        (_world, _connection) = (world, connection);
        Container = new BlobContainerClient(connection, "b" + Guid.NewGuid().ToString("N"));
        Table = New();
    }

    public BlobContainerClient Container { get; }

    /// <summary>The new one.</summary>
    public TableClient Table { get; }

    public Dictionary<string, string?> Settings => new() { ["Backup:ConnectionString"] = _connection, ["Backup:Container"] = Container.Name };

    public List<string> Said { get; } = [];

    public static async Task<ABackup> OfAsync(World world, TableStorage storage) => new(world, await storage.ConnectBlobsAsync());

    public TableClient New() => new(_world.ConnectionString, "t" + Guid.NewGuid().ToString("N"));

    /// <summary>A process of the product that backs up.</summary>
    public Product Start(KillSwitch? kill = null) => _world.Start(kill, Settings);

    public Task<bool> ExportAsync() => ExportAsync(Start());

    public static Task<bool> ExportAsync(Product product) => product.Get<ExportTable>().ExecuteAsync(TestContext.Current.CancellationToken);

    public Task<RestoreReport> RestoreAsync(Instant lostAt, TableClient? into = null, string? backup = null) =>
        new RestoreTable(Container, into ?? Table, Said.Add).ExecuteAsync(backup, lostAt, TestContext.Current.CancellationToken);

    /// <summary>The product on the restored table, as an operator who has looked lets it run.</summary>
    public async Task<Product> StartRestoredAsync()
    {
        var product = _world.Start(settings: new Dictionary<string, string?> { ["Tables:Name"] = Table.Name });
        await product.Get<Rdv.Dispatch.PauseDispatch>().ChangeAsync(sms: false, mail: false, TestContext.Current.CancellationToken);
        return product;
    }

    /// <summary>The container is made with the first file.</summary>
    public async Task<IReadOnlyList<string>> FilesAsync() => !await Container.ExistsAsync(TestContext.Current.CancellationToken) ? [] :
        [.. (await Container.GetBlobsAsync(cancellationToken: TestContext.Current.CancellationToken).ToListAsync()).Select(blob => blob.Name)];

    public async Task<int> ManifestsAsync() => (await FilesAsync()).Count(name => name.Contains("manifest-", StringComparison.Ordinal));

    /// <summary>Every row of a table as text, but for what a restored table begins anew.</summary>
    public static async Task<IReadOnlyList<string>> RowsAsync(TableClient table) =>
        [.. (await table.QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken).ToListAsync())
            .Where(row => row.PartitionKey is not ("keys" or "quotas" or "operations"))
            .Select(row => $"{row.PartitionKey} {row.RowKey} " + string.Join(' ', row
                .Where(column => column.Key is not ("PartitionKey" or "RowKey" or "Timestamp") && !column.Key.StartsWith("odata", StringComparison.Ordinal))
                .OrderBy(column => column.Key, StringComparer.Ordinal)
                .Select(column => $"{column.Key}:{column.Value?.GetType().Name}={Text(column.Value)}")))];

    private static string? Text(object? value) => value switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        BinaryData bytes => Convert.ToHexString(bytes.ToArray()),
        DateTimeOffset instant => instant.UtcDateTime.ToString("O", null),
        double number => number.ToString("R", null),
        _ => value?.ToString(),
    };
}
