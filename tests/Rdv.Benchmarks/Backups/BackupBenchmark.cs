using System.Diagnostics;
using System.Security.Cryptography;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging.Abstractions;
using Rdv.Azure.Backups;
using Rdv.Azure.Tables;
using Rdv.Backups;
using Rdv.Benchmarks.Measuring;
using Rdv.Benchmarks.Samples;
using Rdv.Local.ServiceProcesses;
using Rdv.Tests.Infrastructure;

namespace Rdv.Benchmarks.Backups;

/// <summary>
/// How long a backup and a restore take, and how large the backup is: the rows that the product wrote of one booking, for so many appointments over 101
/// territories, with other people, numbers and digests in each.
/// </summary>
internal static class BackupBenchmark
{
    private const int RowsPerTransaction = 100;

    // What is another for each appointment, and does not compress.
    private static readonly string[] Own = ["CitizenName", "CitizenPhone", "PhoneHash", "RequestNonce", "RequestHash", "WriteId", "ProviderId"];

    public static async Task<int> RunAsync(int appointments)
    {
        var sample = new SampleTerritory("69", 120);
        await using var services = await LocalServices.StartAsync(new LocalServicesOptions { Mail = false, Blobs = true });
        await using var product = await Storage.Product.CreateAsync(services, "rdvours");
        await product.FillAsync(sample);
        if (await product.Book.ExecuteAsync(SampleBookings.Named(sample, 0, 0, "template", 9999), CancellationToken.None) is not { Refusal: null, Value.Appointment.Reference.Code: var code })
        {
            throw new InvalidOperationException("The template was not booked.");
        }

        var template = await product.Table.QueryAsync<TableEntity>().Where(row => row.RowKey.Contains(code, StringComparison.Ordinal)).ToListAsync();
        Console.WriteLine($"{Machine.Describe()}; {appointments} appointments of {template.Count} rows in {Country.Territories.Count} territories.");
        var filling = Stopwatch.StartNew();
        await FillAsync(product.Table, template, code, appointments);
        Console.WriteLine($"filled in {filling.Elapsed.TotalSeconds:F0} s");

        var container = new BlobContainerClient(services.BlobConnectionString, "backups");
        var table = new RdvTable(product.Table);
        var export = new ExportTable(
            new TableBackup(table, new BackupSettings(null, services.BlobConnectionString, container.Name), BackupOptions.Create(), product.Time),
            new TableBackupProgressStore(table),
            product.Time,
            TimeProvider.System,
            NullLogger<ExportTable>.Instance);
        var watch = Stopwatch.StartNew();
        if (!await export.ExecuteAsync(CancellationToken.None))
        {
            throw new InvalidOperationException("The backup was not completed.");
        }

        Console.WriteLine($"backup:  {watch.Elapsed.TotalSeconds,6:F1} s; {Machine.Load()}");
        watch.Restart();
        var report = await new RestoreTable(container, new TableClient(services.TableConnectionString, "restored"), _ => { })
            .ExecuteAsync(null, product.Time.GetCurrentInstant(), CancellationToken.None);
        Console.WriteLine($"restore: {watch.Elapsed.TotalSeconds,6:F1} s; {Machine.Load()}");
        var bytes = report.Manifest.Parts.Sum(part => part.Bytes);
        Console.WriteLine($"{report.Rows} rows, {report.Manifest.Parts.Count} files, {bytes / 1e6:F1} MB compressed, {(double)bytes / appointments:F0} bytes an appointment");
        return 0;
    }

    private static Task FillAsync(TableClient table, IReadOnlyList<TableEntity> template, string code, int appointments) => Parallel.ForEachAsync(
        Enumerable.Range(0, appointments)
            .GroupBy(number => number % Country.Territories.Count)
            .SelectMany(territory => territory.SelectMany(number => RowsOf(template, code, territory.Key, number)).Chunk(RowsPerTransaction)),
        new ParallelOptions { MaxDegreeOfParallelism = 4 },
        async (rows, token) => await table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), token));

    private static IEnumerable<TableEntity> RowsOf(IReadOnlyList<TableEntity> template, string code, int territory, int number)
    {
        var other = $"{(uint)number * 2654435761u:X8}";
        foreach (var row in template)
        {
            var copy = new TableEntity(Country.Territories[territory].Code, row.RowKey.Replace(code, other, StringComparison.Ordinal));
            foreach (var (column, value) in row.Where(column => column.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag")))
            {
                copy[column] = value is string text && Own.Contains(column) ? RandomNumberGenerator.GetHexString(text.Length) : value;
            }

            yield return copy;
        }
    }
}
