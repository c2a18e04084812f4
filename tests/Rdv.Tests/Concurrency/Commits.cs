using System.Collections.Concurrent;
using System.Text.Json;

namespace Rdv.Tests.Concurrency;

/// <summary>A row as a transaction wrote it.</summary>
internal sealed record WrittenRow(string Key, IReadOnlyDictionary<string, JsonElement> Columns)
{
    public int Version => Columns["Version"].GetInt32();
}

/// <summary>A write that storage confirmed, or of which nobody knows.</summary>
/// <param name="Call">Who was being answered.</param>
/// <param name="Sent">As the instants of calls.</param>
/// <param name="Heard">When storage had confirmed it; null when it was not heard of again.</param>
internal sealed record Commit(int Call, IReadOnlyList<WrittenRow> Rows, long Sent, long? Heard);

/// <summary>
/// Every write of the instances and when storage did it: heard on the line, where answers get lost only afterwards. What no client was
/// answered need not be looked for in the whole rest of a run.
/// </summary>
internal sealed class Commits(History history)
{
    private readonly ConcurrentQueue<Commit> _all = new();

    public IReadOnlyList<Commit> All => [.. _all];

    /// <returns>To be told whether storage did it; null when nobody knows.</returns>
    public Action<bool?> Send(int call, string body)
    {
        var sent = history.Now;
        return done =>
        {
            if (done != false)
            {
                _all.Enqueue(new Commit(call, RowsOf(body), sent, done is null ? null : history.Now));
            }
        };
    }

    private static IReadOnlyList<WrittenRow> RowsOf(string body) =>
    [
        .. from line in body.Split('\n', StringSplitOptions.TrimEntries)
           where line.StartsWith('{')
           let columns = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(line)!
           where columns.ContainsKey("RowKey")
           select new WrittenRow(columns["RowKey"].GetString()!, columns),
    ];
}
