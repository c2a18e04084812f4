using Azure;
using Azure.Data.Tables;

namespace Rdv.Azure.Tables;

/// <summary>The one table, and how its failures are named.</summary>
public sealed class RdvTable(TableClient client)
{
    public TableClient Client => client;

    public Task EnsureExistsAsync(CancellationToken cancellationToken) => client.CreateIfNotExistsAsync(cancellationToken);

    /// <summary>A point read; null when there is no such row.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<TableEntity?> FindAsync(string partition, string row, IEnumerable<string>? select, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.GetEntityIfExistsAsync<TableEntity>(partition, row, select, cancellationToken);
            return answer.HasValue ? answer.Value : null;
        }
        catch (Exception exception) when (IsUnavailable(exception, cancellationToken))
        {
            throw new StorageUnavailableException("A point read was not answered.", exception);
        }
    }

    /// <summary>The rows of a range of keys, in their order: from (included) to (excluded).</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<List<TableEntity>> RangeAsync(
        string partition, string from, string to, IEnumerable<string>? select, CancellationToken cancellationToken)
    {
        try
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}");
            var rows = new List<TableEntity>();
            await foreach (var row in client.QueryAsync<TableEntity>(filter, maxPerPage: null, select, cancellationToken))
            {
                rows.Add(row);
            }

            return rows;
        }
        catch (Exception exception) when (IsUnavailable(exception, cancellationToken))
        {
            throw new StorageUnavailableException("A range query was not answered.", exception);
        }
    }

    /// <summary>The first row of a range of keys, or null: a query that brings one row.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<TableEntity?> FirstAsync(
        string partition, string from, string to, IEnumerable<string>? select, CancellationToken cancellationToken)
    {
        try
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}");
            await foreach (var row in client.QueryAsync<TableEntity>(filter, maxPerPage: 1, select, cancellationToken))
            {
                return row;
            }

            return null;
        }
        catch (Exception exception) when (IsUnavailable(exception, cancellationToken))
        {
            throw new StorageUnavailableException("A range query was not answered.", exception);
        }
    }

    /// <summary>Inserts or replaces one row, whatever is there.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task PutAsync(TableEntity row, CancellationToken cancellationToken)
    {
        try
        {
            await client.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
        }
        catch (Exception exception) when (IsUnavailable(exception, cancellationToken))
        {
            throw new StorageUnavailableException("A write was not answered.", exception);
        }
    }

    /// <summary>Inserts a row, or replaces the one that was read.</summary>
    /// <param name="etag">Null to insert.</param>
    /// <returns>Its ETag now; null when somebody has written it meanwhile.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<string?> TryWriteAsync(TableEntity row, string? etag, CancellationToken cancellationToken)
    {
        try
        {
            var answer = etag is null
                ? await client.AddEntityAsync(row, cancellationToken)
                : await client.UpdateEntityAsync(row, new ETag(etag), TableUpdateMode.Replace, cancellationToken);
            return answer.Headers.ETag.ToString();
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412)
        {
            return null;
        }
        catch (Exception exception) when (IsUnavailable(exception, cancellationToken))
        {
            throw new StorageUnavailableException("A write was not answered.", exception);
        }
    }

    /// <summary>Deletes the rows of a partition whose column lies before an instant, unless they are written meanwhile: one query, and one request for each.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task DeleteWhereAsync(string partition, string column, NodaTime.Instant before, CancellationToken cancellationToken)
    {
        try
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}") + $" and {column} lt " + TableClient.CreateQueryFilter($"{before.ToDateTimeOffset()}");
            await foreach (var row in client.QueryAsync<TableEntity>(filter, maxPerPage: null, ["PartitionKey", "RowKey"], cancellationToken))
            {
                await client.DeleteEntityAsync(row.PartitionKey, row.RowKey, row.ETag, cancellationToken);
            }
        }
        catch (RequestFailedException exception) when (exception.Status == 412)
        {
            // In use again: the rest goes the next time.
        }
        catch (Exception exception) when (IsUnavailable(exception, cancellationToken))
        {
            throw new StorageUnavailableException("Old rows were not deleted.", exception);
        }
    }

    /// <summary>Whether storage, and not our request, is at fault: no answer, a timeout, 408, 429 or 5xx after the client's own retries.</summary>
    public static bool IsUnavailable(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AggregateException aggregate => aggregate.InnerExceptions.All(inner => IsUnavailable(inner, cancellationToken)),
        // The answer broke off: what the transport leaves as it is.
        IOException => true,
        RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => true,
        _ => false,
    };
}
