using Azure;
using Azure.Data.Tables;
using Rdv.Local.HostileTables;
using Rdv.Local.ServiceProcesses;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Local;

/// <summary>What Azure refuses and the emulator takes.</summary>
public sealed class HostileTableTests : IAsyncLifetime
{
    private LocalServices _services = null!;
    private TableClient _table = null!;

    public async ValueTask InitializeAsync()
    {
        _services = await LocalServices.StartAsync(new LocalServicesOptions { Mail = false, Hostility = Hostility.RefusesAndTarries }, TestContext.Current.CancellationToken);
        _table = new TableClient(_services.TableConnectionString, "hostile", new TableClientOptions { Retry = { MaxRetries = 0 } });
        await _table.CreateAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task It_takes_what_Azure_takes()
    {
        await _table.SubmitTransactionAsync(Rows(100, "69").Select(Add), Cancelled);
        await _table.AddEntityAsync(new TableEntity("69", "d'Ornano|é") { ["Text"] = new string('é', TableLimits.CharactersOfAText) }, Cancelled);
        (await _table.GetEntityAsync<TableEntity>("69", "d'Ornano|é", cancellationToken: Cancelled)).Value.GetString("Text").Length.ShouldBe(TableLimits.CharactersOfAText);
        await _table.UpdateEntityAsync(new TableEntity("69", "d'Ornano|é") { ["More"] = 1 }, ETag.All, cancellationToken: Cancelled);
        await _table.DeleteEntityAsync("69", "d'Ornano|é", cancellationToken: Cancelled);
    }

    [Fact]
    public async Task Every_row_comes_once_and_in_order_wherever_the_pages_end()
    {
        await _table.SubmitTransactionAsync(Rows(100, "69").Select(Add), Cancelled);
        var pages = 0;
        for (var time = 0; time < 20; time++)
        {
            var keys = new List<string>();
            await foreach (var page in _table.QueryAsync<TableEntity>("PartitionKey eq '69' and RowKey ge 'r' and RowKey lt 's'", cancellationToken: Cancelled).AsPages())
            {
                pages++;
                keys.AddRange(page.Values.Select(row => row.RowKey));
            }

            keys.ShouldBe(Rows(100, "69").Select(row => row.RowKey));
        }

        pages.ShouldBeGreaterThan(20);
    }

    public static TheoryData<string, string> TooMuch => new()
    {
        { "a hundred rows and one", "InvalidInput" },
        { "two partitions", "CommandsInBatchActOnDifferentPartitions" },
        { "a row twice", "InvalidDuplicateRow" },
        { "4 MB and more", "RequestBodyTooLarge" },
        { "a text of 32 K and one", "PropertyValueTooLarge" },
        { "a row of 1 MB and more", "EntityTooLarge" },
        { "253 columns", "TooManyProperties" },
        { "a key of 1025", "KeyValueTooLarge" },
        { "a key with a slash", "OutOfRangeInput" },
    };

    [Theory]
    [MemberData(nameof(TooMuch))]
    public async Task It_refuses_what_Azure_refuses(string what, string code)
    {
        var refused = await Should.ThrowAsync<RequestFailedException>(() => what switch
        {
            "a hundred rows and one" => _table.SubmitTransactionAsync(Rows(101, "69").Select(Add), Cancelled),
            "two partitions" => _table.SubmitTransactionAsync([Add(new("69", "a")), Add(new("42", "b"))], Cancelled),
            "a row twice" => _table.SubmitTransactionAsync([Add(new("69", "a")), new(TableTransactionActionType.UpsertMerge, new TableEntity("69", "a"))], Cancelled),
            "4 MB and more" => _table.SubmitTransactionAsync(Rows(100, "69").Select(row => Add(new TableEntity(row.PartitionKey, row.RowKey) { ["A"] = Text(25_000), ["B"] = Text(25_000) })), Cancelled),
            "a text of 32 K and one" => _table.AddEntityAsync(new TableEntity("69", "a") { ["Text"] = Text(TableLimits.CharactersOfAText + 1) }, Cancelled),
            "a row of 1 MB and more" => _table.AddEntityAsync(Wide(17, Text(TableLimits.CharactersOfAText)), Cancelled),
            "253 columns" => _table.AddEntityAsync(Wide(253, "a"), Cancelled),
            "a key of 1025" => _table.AddEntityAsync(new TableEntity("69", Text(1025)), Cancelled),
            _ => (Task)_table.AddEntityAsync(new TableEntity("69", "a/b"), Cancelled),
        });
        refused.ErrorCode.ShouldBe(code);
    }

    [Fact]
    public async Task A_partition_that_is_asked_for_more_than_it_gives_is_busy_and_then_gives_again()
    {
        await _table.SubmitTransactionAsync(Rows(100, "69").Select(Add), Cancelled);
        var refused = default(RequestFailedException);
        for (var time = 0; time < 100 && refused is null; time++)
        {
            try
            {
                await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _table.QueryAsync<TableEntity>("PartitionKey eq '69'", cancellationToken: Cancelled).ToListAsync(Cancelled).AsTask()));
            }
            catch (RequestFailedException exception)
            {
                refused = exception;
            }
        }

        (refused?.Status, refused?.ErrorCode).ShouldBe((503, "ServerBusy"));

        // The client of the product waits as it is told, and asks again.
        var patient = new TableClient(_services.TableConnectionString, "hostile");
        (await patient.QueryAsync<TableEntity>("PartitionKey eq '69'", cancellationToken: Cancelled).ToListAsync(Cancelled)).Count.ShouldBe(100);
        await _table.AddEntityAsync(new TableEntity("42", "another partition"), Cancelled);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static IEnumerable<TableEntity> Rows(int count, string partition) => Enumerable.Range(0, count).Select(number => new TableEntity(partition, $"r{number:D4}"));

    private static TableTransactionAction Add(TableEntity row) => new(TableTransactionActionType.Add, row);

    private static string Text(int length) => new('a', length);

    private static TableEntity Wide(int columns, string text)
    {
        var row = new TableEntity("69", "wide");
        foreach (var column in Enumerable.Range(0, columns))
        {
            row[$"C{column}"] = text;
        }

        return row;
    }
}
