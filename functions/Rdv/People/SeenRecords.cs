using System.Collections.Concurrent;

namespace Rdv.People;

/// <summary>Which records of people somebody has read in one request, by what logs may name them.</summary>
public sealed class SeenRecords
{
    private readonly ConcurrentDictionary<string, bool> _records = new(StringComparer.Ordinal);

    public IReadOnlyList<string> All => [.. _records.Keys.Order(StringComparer.Ordinal)];

    public void Add(string record) => _records.TryAdd(record, true);
}
