using System.Collections.Concurrent;
using Rdv.Territories;

namespace Rdv.Directory;

/// <summary>
/// Keeps each territory's directory for a short time. One read at a time for a territory, whoever asks; a failed read is not kept.
/// </summary>
public sealed class CachedTerritoryDirectories(IDirectoryStore store, TimeProvider time) : ITerritoryDirectories
{
    /// <summary>How long another instance may offer hours that were changed; a booking finds out by itself (docs/adr/0001).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<Territory, Entry> _entries = new();

    public async ValueTask<TerritoryDirectory> GetAsync(Territory territory, CancellationToken cancellationToken, TimeSpan? maxAge = null)
    {
        if (_entries.TryGetValue(territory, out var entry) && time.GetElapsedTime(entry.ReadAt) < (maxAge ?? Lifetime))
        {
            // An entry whose read is still under way, or failed, is awaited or read again below.
            if (entry.Read.IsCompletedSuccessfully)
            {
                return entry.Read.Result;
            }

            if (!entry.Read.IsFaulted && !entry.Read.IsCanceled)
            {
                return await entry.Read.WaitAsync(cancellationToken);
            }
        }

        return await ReadAsync(territory).WaitAsync(cancellationToken);
    }

    public Task<TerritoryDirectory> ReloadAsync(Territory territory, CancellationToken cancellationToken) =>
        ReadAsync(territory).WaitAsync(cancellationToken);

    // Not cancelled with the request that began it: others may be waiting for the same read.
    private Task<TerritoryDirectory> ReadAsync(Territory territory)
    {
        var entry = new Entry(store.ReadAsync(territory, CancellationToken.None), time.GetTimestamp());
        _entries[territory] = entry;
        return entry.Read;
    }

    private sealed record Entry(Task<TerritoryDirectory> Read, long ReadAt);
}
