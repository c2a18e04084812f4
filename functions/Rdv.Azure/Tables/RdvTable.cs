using Azure;
using Azure.Data.Tables;

namespace Rdv.Azure.Tables;

/// <summary>The one table, and how its failures are named.</summary>
public sealed class RdvTable(TableClient client)
{
    // The client hands on what it was answered about a table that is there already.
    private const int Conflict = 409;

    public TableClient Client => client;

    /// <returns>Whether it was made now.</returns>
    public async Task<bool> EnsureExistsAsync(CancellationToken cancellationToken) =>
        (await client.CreateIfNotExistsAsync(cancellationToken)).GetRawResponse().Status != Conflict;

    /// <summary>A point read; null when there is no such row.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public Task<TableEntity?> FindAsync(string partition, string row, IEnumerable<string>? select, CancellationToken cancellationToken) => AskAsync(
        "A point read",
        async () => await client.GetEntityIfExistsAsync<TableEntity>(partition, row, select, cancellationToken) is { HasValue: true, Value: var found } ? found : null,
        cancellationToken);

    /// <summary>The rows of a range of keys, in their order: from (included) to (excluded).</summary>
    /// <param name="where">What else their columns have to say: storage looks through the range, and sends those alone.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public Task<List<TableEntity>> RangeAsync(
        string partition, string from, string to, IEnumerable<string>? select, CancellationToken cancellationToken, string? where = null) => AskAsync(
        "A range query",
        async () =>
        {
            var rows = new List<TableEntity>();
            await foreach (var row in client.QueryAsync<TableEntity>(Between(partition, from, to) + (where is null ? "" : $" and {where}"), maxPerPage: null, select, cancellationToken))
            {
                rows.Add(row);
            }

            return rows;
        },
        cancellationToken);

    /// <summary>Inserts or replaces one row, whatever is there.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public Task PutAsync(TableEntity row, CancellationToken cancellationToken) =>
        AskAsync("A write", () => client.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken), cancellationToken);

    /// <summary>Inserts a row, or replaces the one that was read.</summary>
    /// <param name="etag">Null to insert.</param>
    /// <returns>Its ETag now; null when somebody has written it meanwhile.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public Task<string?> TryWriteAsync(TableEntity row, string? etag, CancellationToken cancellationToken) => AskAsync(
        "A write",
        async () =>
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
        },
        cancellationToken);

    /// <summary>
    /// Asks storage, and names what it does: it does not answer, or whoever asks has stopped waiting, which the client tells as a bundle of its tries.
    /// </summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public static async Task<T> AskAsync<T>(string what, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (IsUnavailable(exception, cancellationToken))
        {
            throw new StorageUnavailableException($"{what} was not answered.", exception);
        }
        catch (AggregateException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException($"{what} was given up.", exception, cancellationToken);
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
    private static bool IsUnavailable(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AggregateException aggregate => aggregate.InnerExceptions.All(inner => IsUnavailable(inner, cancellationToken)),
        // The answer broke off: what the transport leaves as it is.
        IOException => true,
        RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => true,
        _ => false,
    };

    private static string Between(string partition, string from, string to) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}");
}
