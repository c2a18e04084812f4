using Azure.Data.Tables;
using Rdv.Agenda;
using Rdv.Benchmarks.Samples;
using Rdv.Benchmarks.Storage;
using Rdv.Local.ServiceProcesses;

namespace Rdv.Benchmarks.Floor;

/// <summary>
/// Three tables of the same content: where the product works, where the bare calls work, where the product shows what it calls. Their
/// names have one length, since a transaction repeats the name for each row. Searches are of a product that reads for each.
/// </summary>
internal sealed class FloorTables : IAsyncDisposable
{
    private readonly Dictionary<string, List<TableEntity>> _months = [];

    private FloorTables(Product ours, Product floor, Product script, Product searched, Product searchScript)
    {
        Ours = ours;
        Floor = floor;
        Script = script;
        Searched = searched;
        SearchScript = searchScript;
        Bare = new BareTable(floor.Table);
    }

    public Product Ours { get; }

    public Product Floor { get; }

    public Product Script { get; }

    /// <summary>On the table of <see cref="Ours"/>.</summary>
    public Product Searched { get; }

    public Product SearchScript { get; }

    public BareTable Bare { get; }

    public static async Task<FloorTables> CreateAsync(LocalServices services, IEnumerable<SampleTerritory> samples)
    {
        var tables = new FloorTables(
            await Product.CreateAsync(services, "rdvours"), await Product.CreateAsync(services, "rdvbare"), await Product.CreateAsync(services, "rdvplan", record: true),
            await Product.CreateAsync(services, "rdvours", memory: TimeSpan.Zero), await Product.CreateAsync(services, "rdvours", record: true, memory: TimeSpan.Zero));
        foreach (var sample in samples)
        {
            await tables.Ours.FillAsync(sample);
            await tables.Floor.FillAsync(sample);
            await tables.Script.FillAsync(sample);
            var filter = $"PartitionKey eq '{sample.Territory.Code}' and RowKey ge 'agenda|' and RowKey lt 'agenda|~'";
            tables._months[sample.Territory.Code] = await tables.Ours.Table.QueryAsync<TableEntity>(filter).ToListAsync();
        }

        return tables;
    }

    /// <summary>Makes every month half booked again, in each table.</summary>
    public async Task ResetAsync(SampleTerritory sample)
    {
        foreach (var product in new[] { Ours, Floor, Script })
        {
            product.Recent.Forget(sample.Territory);
            foreach (var rows in _months[sample.Territory.Code].Chunk(100))
            {
                await product.Table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)));
            }

            // All that can be booked is remembered from here on, as where somebody has just searched.
            await product.Search.ExecuteAsync(new SlotSearch(sample.Territory, SampleTerritory.Topic, FixedTime.Today, SearchSlots.MaxDays), CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Ours.DisposeAsync();
        await Floor.DisposeAsync();
        await Script.DisposeAsync();
        await Searched.DisposeAsync();
        await SearchScript.DisposeAsync();
    }
}
