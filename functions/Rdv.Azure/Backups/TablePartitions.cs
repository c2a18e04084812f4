using Azure;
using Azure.Data.Tables;
using Rdv.Azure.Tables;

namespace Rdv.Azure.Backups;

/// <summary>Reads a table as a whole, by partitions.</summary>
internal static class TablePartitions
{
    // A busy partition is one where this many readings in a row each met a write.
    private const int MostReadings = 12;

    private static readonly string[] Keys = ["PartitionKey", "RowKey", "Timestamp"];

    /// <summary>The partitions that have a row, each found by one request: nobody has to keep a list of them.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public static async Task<IReadOnlyList<string>> ListAsync(TableClient table, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        while (await RdvTable.AskAsync("A query", () => FirstAsync(found.LastOrDefault() ?? ""), cancellationToken) is { } partition)
        {
            found.Add(partition);
        }

        return found;

        async Task<string?> FirstAsync(string after)
        {
            await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey gt {after}"), maxPerPage: 1, Keys, cancellationToken))
            {
                return row.PartitionKey;
            }

            return null;
        }
    }

    /// <summary>
    /// The rows of a partition as they all were at one instant, though it comes in pages while people book. It is read once, then its keys and ETags
    /// are read again, and what has changed with them, until nothing has: just before that last reading, all that was read stood there at once. What is
    /// inserted and deleted between two readings leaves the log row, or the row, that was written with it (docs/adr/0025).
    /// </summary>
    /// <returns>In the order of their keys; null when each reading met a write.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public static Task<SortedDictionary<string, (ETag ETag, byte[] Line)>?> ReadAtOnceAsync(TableClient table, string partition, CancellationToken cancellationToken) =>
        RdvTable.AskAsync("A partition", () => ReadAsync(table, partition, cancellationToken), cancellationToken);

    private static async Task<SortedDictionary<string, (ETag ETag, byte[] Line)>?> ReadAsync(TableClient table, string partition, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        var rows = new SortedDictionary<string, (ETag ETag, byte[] Line)>(StringComparer.Ordinal);
        await foreach (var row in table.QueryAsync<TableEntity>(filter, maxPerPage: null, select: null, cancellationToken))
        {
            rows[row.RowKey] = (row.ETag, RowLine.Write(row));
        }

        for (var reading = 0; reading < MostReadings; reading++)
        {
            var (there, changed) = (new HashSet<string>(StringComparer.Ordinal), new List<string>());
            await foreach (var key in table.QueryAsync<TableEntity>(filter, maxPerPage: null, Keys, cancellationToken))
            {
                there.Add(key.RowKey);
                if (!rows.TryGetValue(key.RowKey, out var known) || known.ETag != key.ETag)
                {
                    changed.Add(key.RowKey);
                }
            }

            var gone = rows.Keys.Where(key => !there.Contains(key)).ToList();
            if (changed.Count == 0 && gone.Count == 0)
            {
                return rows;
            }

            gone.ForEach(key => rows.Remove(key));
            foreach (var key in changed)
            {
                if (await table.GetEntityIfExistsAsync<TableEntity>(partition, key, null, cancellationToken) is { HasValue: true, Value: { } row })
                {
                    rows[key] = (row.ETag, RowLine.Write(row));
                }
                else
                {
                    rows.Remove(key);
                }
            }
        }

        return null;
    }
}
