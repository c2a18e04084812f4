using System.Globalization;
using Azure.Core;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Rdv.Agenda;
using Rdv.Azure.Tables;
using Rdv.Benchmarks.Samples;
using Rdv.Booking;
using Rdv.Directory.Import;
using Rdv.Dispatch;
using Rdv.Functions.Host;
using Rdv.Local.ServiceProcesses;
using Rdv.Messages;
using Rdv.Transactions;

namespace Rdv.Benchmarks.Storage;

/// <summary>The product on a table of its own, composed as it is in Azure: what differs is the time, and that SMS go nowhere.</summary>
internal sealed class Product : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    private Product(ServiceProvider provider, FixedTime time, WireCounter counter, RecordingTableClient? recorder)
    {
        Time = time;
        _provider = provider;
        Counter = counter;
        Recorder = recorder;
    }

    public FixedTime Time { get; }

    public WireCounter Counter { get; }

    /// <summary>Null unless asked for: it would be in the way of measuring.</summary>
    public RecordingTableClient? Recorder { get; }

    public TableClient Table => _provider.GetRequiredService<RdvTable>().Client;

    public BookAppointment Book => _provider.GetRequiredService<BookAppointment>();

    public SearchSlots Search => _provider.GetRequiredService<SearchSlots>();

    public RecentAgendas Recent => _provider.GetRequiredService<RecentAgendas>();

    public DispatchMessages Dispatch => _provider.GetRequiredService<DispatchMessages>();

    /// <param name="record">Whether it shows what it calls.</param>
    /// <param name="perMinute">What the provider of SMS takes: without, what is measured is our own speed.</param>
    /// <param name="gateway">What sends SMS for several of them; a run then lasts as long as it does. Null for one that answers at once.</param>
    /// <param name="memory">How long it remembers the agenda, when not as in Azure; zero, and a search is its query.</param>
    public static Task<Product> CreateAsync(
        LocalServices services, string table, bool record = false, int perMinute = 1_000_000, SilentSmsGateway? gateway = null, TimeSpan? memory = null) =>
        CreateAsync(services.TableConnectionString, table, record, perMinute, gateway, memory);

    /// <inheritdoc cref="CreateAsync(LocalServices, string, bool, int, SilentSmsGateway?, TimeSpan?)"/>
    public static async Task<Product> CreateAsync(
        string connectionString, string table, bool record = false, int perMinute = 1_000_000, SilentSmsGateway? gateway = null, TimeSpan? memory = null)
    {
        var collection = new ServiceCollection();
        var time = new FixedTime();
        collection.AddSingleton<IClock>(time);
        collection.AddSingleton(gateway is null ? time : TimeProvider.System);
        collection.AddSingleton<ISmsGateway>(gateway ?? new SilentSmsGateway(TimeSpan.Zero));
        collection.AddLogging();
        collection.AddRdv(Configuration(connectionString, table, perMinute));

        var counter = new WireCounter();
        var recorder = default(RecordingTableClient);
        if (record)
        {
            collection.AddSingleton(built => new RdvTable(
                recorder = new RecordingTableClient(connectionString, table, built.GetRequiredService<TableClientOptions>())));
        }

        if (memory is not null)
        {
            collection.AddSingleton(services => new RecentAgendas(services.GetRequiredService<IAgendaStore>(), TimeProvider.System, memory));
        }

        var built = collection.BuildServiceProvider();
        built.GetRequiredService<TableClientOptions>().AddPolicy(counter, HttpPipelinePosition.PerRetry);
        await built.GetRequiredService<RdvTable>().EnsureExistsAsync(CancellationToken.None);
        return new Product(built, time, counter, recorder);
    }

    public Task FillDirectoryAsync(SampleTerritory sample) => FillDirectoryAsync(_provider.GetRequiredService<WriteDirectory>(), sample);

    /// <summary>Writes the directory and the half booked months.</summary>
    public Task FillAsync(SampleTerritory sample) =>
        FillAsync(_provider.GetRequiredService<WriteDirectory>(), _provider.GetRequiredService<ITransactions>(), sample);

    /// <inheritdoc cref="FillAsync(SampleTerritory)"/>
    public static async Task FillAsync(WriteDirectory directory, ITransactions transactions, SampleTerritory sample)
    {
        await FillDirectoryAsync(directory, sample);
        foreach (var months in sample.Months().Select(month => StoredMonth.Missing(month.AdvisorId, month.Month).Write(month.Days, month.HoursVersion)).Chunk(ITransactions.MaxRows))
        {
            if (await transactions.CommitAsync(sample.Territory, months, writeId: "sample", CancellationToken.None) != CommitOutcome.Committed)
            {
                throw new InvalidOperationException("The sample was not written.");
            }
        }
    }

    private static async Task FillDirectoryAsync(WriteDirectory directory, SampleTerritory sample) => await directory.ExecuteAsync<IRow>(
        sample.Territory, [.. sample.Structures, .. sample.Places, .. sample.Advisors], (row, _) => Task.FromResult<RowWrite?>(new RowWrite.Put(row)), CancellationToken.None);

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    private static IConfiguration Configuration(string connectionString, string table, int perMinute)
    {
        var key = Convert.ToBase64String(new byte[32]);
        return new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Tables:ConnectionString"] = connectionString,
            ["Tables:Name"] = table,
            ["Site:BaseUrl"] = "https://rdv.example",
            ["Hotline:Phone"] = "01 99 00 12 34",
            ["Smtp:Host"] = "127.0.0.1",
            ["Smtp:From"] = "rdv@conseillers.example",
            ["Sms:PerMinute"] = perMinute.ToString(CultureInfo.InvariantCulture),
            ["Sms:PerDay"] = "1000000",
            ["Keys:Link:1"] = key,
            ["Keys:Phone:1"] = key,
            ["Keys:Feed:1"] = key,
        }).Build();
    }
}
