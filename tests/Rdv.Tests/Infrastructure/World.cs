using System.Collections.Concurrent;
using Azure.Data.Tables;
using NodaTime;
using NodaTime.Testing;
using Rdv.Azure.Calendars;
using Rdv.Chores;
using Rdv.Directory.Import;
using Rdv.Messages;
using Rdv.Territories;
using Xunit;

namespace Rdv.Tests.Infrastructure;

/// <summary>What outlives a process of the product: a table, the clock, the phones and the mailboxes.</summary>
internal sealed class World : IAsyncDisposable
{
    /// <summary>A Monday, 9:00 in Paris.</summary>
    public static readonly Instant Monday = Instant.FromUtc(2026, 11, 16, 8, 0);

    private static readonly string Secret = Convert.ToBase64String(new byte[32]);

    private readonly ConcurrentBag<Product> _started = [];

    private World(string connectionString, string tableName, Territory territory, Instant now)
    {
        ConnectionString = connectionString;
        TableName = tableName;
        Territory = territory;
        Clock = new FakeClock(now);
        Sms = new SmsProvider(Clock);
        Table = new TableClient(connectionString, tableName);
    }

    public string ConnectionString { get; }

    public string TableName { get; }

    /// <summary>What every process of the product is told.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Hotline:Phone"] = "01 99 00 12 34",
        ["Site:BaseUrl"] = "https://rdv.example",
        ["Smtp:Host"] = "127.0.0.1",
        ["Smtp:From"] = "rdv@conseillers.example",
        ["Tables:ConnectionString"] = ConnectionString,
        ["Tables:Name"] = TableName,
        ["Keys:Link:1"] = Secret,
        ["Keys:Phone:1"] = Secret,
        ["Keys:Feed:1"] = Secret,
    };

    /// <summary>The table, past every fault.</summary>
    public TableClient Table { get; }

    public Territory Territory { get; }

    public FakeClock Clock { get; }

    /// <summary>How long things take, as the product measures it: real time, and what a test says on top.</summary>
    public SlowTime Time { get; } = new();

    public SmsProvider Sms { get; }

    public MailServer Mail { get; } = new();

    /// <summary>In place of <see cref="Mail"/>: how a process that is started from here on reaches a server of a test's own.</summary>
    public Func<IMailGateway>? MailGateway { get; set; }

    /// <summary>Where calendars may be read from.</summary>
    public CalendarNetwork Calendars { get; set; } = CalendarNetwork.Public;

    public static async Task<World> CreateAsync(
        TableStorage storage, int advisors = 1, string territory = "69", Instant? now = null, int fromHour = 8, int toHour = 20)
    {
        var world = new World(await storage.ConnectAsync(), "t" + Guid.NewGuid().ToString("N"), Territory.Parse(territory), now ?? Monday);
        await world.Table.CreateAsync(TestContext.Current.CancellationToken);
        await using var product = world.Start();
        await Directories.FillAsync(product.Get<WriteDirectory>(), world.Territory, advisors, fromHour, toHour);
        return world;
    }

    /// <summary>Starts the product: a process of its own as far as it can tell. It ends with the world, if not before.</summary>
    /// <param name="clock">Where the machine's differs from the world's.</param>
    public Product Start(KillSwitch? kill = null, Dictionary<string, string?>? settings = null, IClock? clock = null)
    {
        var product = new Product(this, kill, settings, clock);
        _started.Add(product);
        return product;
    }

    /// <summary>Does it in a process of its own, which is killed on the way: nobody hears from it.</summary>
    public async Task<KillSwitch> KillAsync(KillSwitch kill, Func<Product, Task> act)
    {
        await using var killed = Start(kill);
        try
        {
            await act(killed);
        }
        catch (SimulatedKillException)
        {
            // As if the process were gone.
        }

        return kill;
    }

    /// <param name="wallTime"><c>2026-11-24T09:00</c>, in the territory.</param>
    public Instant At(string wallTime) => AnAppointment.Wall(wallTime).InZoneStrictly(Territory.Zone).ToInstant();

    public void GoTo(string wallTime) => Clock.Reset(At(wallTime));

    public async Task<IReadOnlyList<TableEntity>> RowsAsync(string prefix) =>
        await Table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter(
            $"PartitionKey eq {Territory.Code} and RowKey ge {prefix} and RowKey lt {prefix + "~"}")).ToListAsync();

    /// <summary>The messages that wait, but for the mails of advisors' days: whatever is booked makes one.</summary>
    public async Task<IReadOnlyList<TableEntity>> DueAsync(string prefix) =>
        [.. (await RowsAsync(prefix)).Where(row => !row.RowKey.Contains("|day|", StringComparison.Ordinal))];

    /// <summary>What absences and changes of workshops still have to do.</summary>
    public async Task<IReadOnlyList<TableEntity>> LongChangesAsync() =>
        [.. (await RowsAsync("due|chore|")).Where(row => row.RowKey.Split('|')[4] is ChoreKinds.Absence or ChoreKinds.Workshop)];

    /// <summary>The calls that the hotline has to make: reason and kind.</summary>
    public async Task<IReadOnlyList<string>> CallsAsync() =>
        [.. (await RowsAsync("call|")).Select(row => $"{row.GetString("Reason")} {row.GetString("Kind")}")];

    /// <summary>The state of each message of an appointment, as its log has it: <c>confirmation 1 Sent</c>.</summary>
    public async Task<IReadOnlyList<string>> LogAsync() =>
        [.. (await RowsAsync("log|")).Where(row => row.RowKey.Contains("|message|", StringComparison.Ordinal))
            .Select(row => row.RowKey.Split('|') is var parts ? $"{parts[4]} {int.Parse(parts[3], provider: null)} {row.GetString("State")}" : "")];

    public async ValueTask DisposeAsync()
    {
        foreach (var product in _started)
        {
            await product.DisposeAsync();
        }
    }
}
