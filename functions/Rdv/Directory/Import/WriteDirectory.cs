using NodaTime;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Directory.Import;

/// <summary>
/// Writes what an import says. A file of thousands of lines is no transaction, and takes a while: each row is decided from what is stored
/// when it is written, so that whatever was changed in the meantime is neither lost nor taken back.
/// </summary>
public sealed class WriteDirectory(IDirectoryStore store, Writer writer, IClock clock)
{
    /// <param name="decide">One row for a line, on the condition of what was read; null to leave what is there.</param>
    /// <returns>The lines for which nothing was written.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer. Writing everything again is safe.</exception>
    public async Task<IReadOnlyList<TLine>> ExecuteAsync<TLine>(
        Territory territory, IReadOnlyCollection<TLine> lines, Func<TLine, CancellationToken, Task<RowWrite?>> decide, CancellationToken cancellationToken)
    {
        if (lines.Count == 0)
        {
            return [];
        }

        // First the list: a territory that is listed and empty is harmless, one that has rows and is not listed gets no reminders.
        await store.ListTerritoryAsync(territory, cancellationToken);
        var left = new List<TLine>();
        foreach (var chunk in lines.Chunk(ITransactions.MaxDirectoryRows))
        {
            var written = await writer.WriteAsync<TLine[]>(
                territory,
                async token =>
                {
                    var rows = await Task.WhenAll(chunk.Select(line => decide(line, token)));
                    TLine[] none = [.. chunk.Where((_, i) => rows[i] is null)];
                    return none.Length == chunk.Length ? none : new Decision<TLine[]>.Write([.. rows.OfType<RowWrite>().Select(row => Dated(territory, row))], none);
                },
                cancellationToken);
            left.AddRange(written.Value);
        }

        return left;
    }

    /// <summary>Who comes now has offered nothing before.</summary>
    private RowWrite Dated(Territory territory, RowWrite write) => write is RowWrite.Insert { Row: Advisor { Since: null } advisor }
        ? new RowWrite.Insert(advisor with { Since = clock.GetCurrentInstant().InZone(territory.Zone).Date })
        : write;
}
