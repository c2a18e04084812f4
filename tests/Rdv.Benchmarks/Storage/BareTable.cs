using Azure;
using Azure.Data.Tables;

namespace Rdv.Benchmarks.Storage;

/// <summary>One booking as bare calls: what is read, then what is written in one transaction.</summary>
/// <param name="Query">The range that is read; null for a point read of the month that is merged.</param>
/// <param name="Writes">The merge of the month first.</param>
internal sealed record BareBooking(RecordedQuery? Query, IReadOnlyList<TableTransactionAction> Writes);

/// <summary>The floor: the same calls with the same client of the SDK and the same options, and nothing around them.</summary>
internal sealed class BareTable(TableClient client)
{
    public async Task BookAsync(BareBooking booking)
    {
        var month = booking.Writes[0].Entity;
        var etag = default(ETag);
        if (booking.Query is null)
        {
            etag = (await client.GetEntityIfExistsAsync<TableEntity>(month.PartitionKey, month.RowKey)).Value!.ETag;
        }
        else
        {
            foreach (var row in await SearchAsync(booking.Query))
            {
                if (row.RowKey == month.RowKey)
                {
                    etag = row.ETag;
                }
            }
        }

        await client.SubmitTransactionAsync(
            [new TableTransactionAction(TableTransactionActionType.UpdateMerge, month, etag), .. booking.Writes.Skip(1)]);
    }

    public async Task<List<TableEntity>> SearchAsync(RecordedQuery query)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in client.QueryAsync<TableEntity>(query.Filter, select: query.Select))
        {
            rows.Add(row);
        }

        return rows;
    }
}
