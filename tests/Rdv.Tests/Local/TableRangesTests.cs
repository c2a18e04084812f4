using Azure.Data.Tables;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Local;

/// <summary>The emulator looks up what Table Storage looks up (services/table-ranges.cjs), and answers what it answered when it looked at every row.</summary>
public sealed class TableRangesTests(TableStorage storage)
{
    // What its index sorts by value or before all else, what a filter has to escape, and keys as the product has them.
    private static readonly string[] Keys =
    [
        "69", "069", "2A", "2a", "1e2", "100", "Infinity", "a|", "a|1", "a|10", "a|2", "a|~", "agenda|a1|2026-11", "agenda|a1|2026-12", "b or c", "b RowKey lt 'a'", "b PartitionKey eq '2A' ", "c'd", "c''d", "d)", "due|", "due|~", "é", "z", "{",
    ];

    private static readonly string[] Partitions = ["69", "069", "2A", "100", "d'or"];

    [Fact]
    public async Task Every_filter_finds_what_it_describes()
    {
        var table = new TableClient(await storage.ConnectAsync(), "t" + Guid.NewGuid().ToString("N"));
        await table.CreateAsync(TestContext.Current.CancellationToken);
        foreach (var partition in Partitions)
        {
            await table.SubmitTransactionAsync(
                Keys.Select(key => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(partition, key) { ["Length"] = key.Length })), TestContext.Current.CancellationToken);
        }

        var random = new Random(1);
        for (var times = 0; times < 300; times++)
        {
            var (filter, holds) = AnyFilter(random);
            var found = await table.QueryAsync<TableEntity>(filter, random.Next(1, 50), cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
            found.Select(row => (row.PartitionKey, row.RowKey)).ShouldBe(
                Partitions.SelectMany(partition => Keys.Select(key => (Partition: partition, Key: key)))
                    .Where(row => holds(row.Partition, row.Key))
                    .OrderBy(row => row.Partition, StringComparer.Ordinal).ThenBy(row => row.Key, StringComparer.Ordinal),
                filter);
        }
    }

    private static (string Filter, Func<string, string, bool> Holds) AnyFilter(Random random)
    {
        var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => AnyPart(random)).ToList();
        return random.Next(6) == 0
            ? (string.Join(" or ", parts.Select(part => part.Filter)), (partition, key) => parts.Exists(part => part.Holds(partition, key)))
            : (string.Join(" and ", parts.Select(part => part.Filter)), (partition, key) => parts.TrueForAll(part => part.Holds(partition, key)));
    }

    private static (string Filter, Func<string, string, bool> Holds) AnyPart(Random random)
    {
        var number = random.Next(8);
        if (number == 7)
        {
            var (filter, holds) = AnyPart(random);
            return ($"not ({filter})", (partition, key) => !holds(partition, key));
        }

        var text = number < 3 ? Partitions[random.Next(Partitions.Length)] : Keys[random.Next(Keys.Length)];
        var quoted = $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
        return number switch
        {
            < 3 => ($"PartitionKey eq {quoted}", (partition, _) => partition == text),
            3 => ($"RowKey ge {quoted}", (_, key) => string.CompareOrdinal(key, text) >= 0),
            4 => ($"(RowKey lt {quoted})", (_, key) => string.CompareOrdinal(key, text) < 0),
            5 => ($"RowKey gt {quoted} and RowKey le 'z'", (_, key) => string.CompareOrdinal(key, text) > 0 && string.CompareOrdinal(key, "z") <= 0),
            _ => ($"RowKey eq {quoted} and Length ge 0", (_, key) => key == text),
        };
    }
}
