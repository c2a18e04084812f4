using Azure;
using Azure.Data.Tables;

namespace Rdv.Benchmarks.Dispatch;

/// <summary>
/// The floor of a run: the same queries, and for each message the same three calls with the same client of the SDK, as many at once, and
/// nothing decided or written between them.
/// </summary>
internal sealed class BareDispatch(TableClient table)
{
    private const int TerritoriesAtOnce = 8;
    private const int MessagesAtOnce = 4;

    /// <returns>How many messages there were.</returns>
    public async Task<int> RunAsync(DateTimeOffset now)
    {
        var sent = 0;
        var territories = await RangeAsync("territories", "", "~");
        await Parallel.ForEachAsync(territories, new ParallelOptions { MaxDegreeOfParallelism = TerritoriesAtOnce }, async (territory, _) =>
        {
            var due = await RangeAsync(territory.RowKey, "due|sms|", $"due|sms|{now.UtcDateTime.AddSeconds(1):yyyy-MM-ddTHH:mm:ssZ}");
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = MessagesAtOnce }, async (row, _) =>
            {
                await SendAsync(row, now);
                Interlocked.Increment(ref sent);
            });
        });
        return sent;
    }

    private async Task SendAsync(TableEntity row, DateTimeOffset now)
    {
        var claim = new TableEntity(row.PartitionKey, row.RowKey)
        {
            ["ClaimedAt"] = now,
            ["RepeatabilityId"] = Guid.NewGuid(),
            ["FirstSent"] = now,
            ["Attempts"] = 0,
            ["NotBefore"] = DateTimeOffset.UnixEpoch,
        };
        var claimed = await table.UpdateEntityAsync(claim, row.ETag, TableUpdateMode.Merge);
        var code = row.RowKey.Split('|')[3];
        await table.GetEntityIfExistsAsync<TableEntity>(row.PartitionKey, $"rdv|{code}");
        var log = new TableEntity(row.PartitionKey, $"log|{code}|message|000001|reminder|citizen")
        {
            ["At"] = now,
            ["Channel"] = "sms",
            ["State"] = "Sent",
            ["ProviderId"] = "00000001",
        };
        await table.SubmitTransactionAsync(
        [
            new TableTransactionAction(TableTransactionActionType.Delete, claim, claimed.Headers.ETag ?? default),
            new TableTransactionAction(TableTransactionActionType.UpsertReplace, log),
        ]);
    }

    private async Task<List<TableEntity>> RangeAsync(string partition, string from, string to)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}");
        return await table.QueryAsync<TableEntity>(filter).ToListAsync();
    }
}
