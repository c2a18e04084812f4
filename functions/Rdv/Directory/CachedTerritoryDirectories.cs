using System.Collections.Concurrent;
using Rdv.Territories;

namespace Rdv.Directory;

/// <summary>
/// Keeps each territory's directory as long as its revision stays the same, and asks for the revision every few seconds at most. One read at a
/// time for a territory, whoever asks; a failed read is not kept.
/// </summary>
public sealed class CachedTerritoryDirectories(IDirectoryStore store, TimeProvider time) : ITerritoryDirectories
{
    /// <summary>How long another instance may offer what was changed: an import, a place, hours. A booking finds out by itself (docs/adr/0001).</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    /// <summary>How long it is good enough when storage does not say whether it has changed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Territory, Asked> _asked = new();

    public async ValueTask<TerritoryDirectory> GetAsync(Territory territory, CancellationToken cancellationToken, TimeSpan? maxAge = null)
    {
        var asked = _asked.GetOrAdd(territory, _ => Ask(() => ReadAsync(territory)));
        if (asked.Answer.IsFaulted || asked.Answer.IsCanceled)
        {
            // A reload that failed takes nothing away: what was known before it is good for its minute.
            var last = asked.Last;
            asked = Replace(asked, Ask(() => last is null ? ReadAsync(territory) : RenewAsync(territory, last), last));
        }
        else if (asked.Answer.IsCompletedSuccessfully && time.GetElapsedTime(asked.At) >= (maxAge ?? MaxAge))
        {
            var known = asked.Answer.Result;
            asked = Replace(asked, Ask(() => RenewAsync(territory, known), known));
        }

        return (asked.Answer.IsCompletedSuccessfully ? asked.Answer.Result : await asked.Answer.WaitAsync(cancellationToken)).Directory;

        // Whoever comes second waits for the one who came first.
        Asked Replace(Asked old, Asked with) => _asked.TryUpdate(territory, with, old) ? with : _asked[territory];
    }

    public async Task<TerritoryDirectory> ReloadAsync(Territory territory, CancellationToken cancellationToken) =>
        (await (_asked[territory] = Ask(() => ReadAsync(territory), LastOf(territory))).Answer.WaitAsync(cancellationToken)).Directory;

    private Asked Ask(Func<Task<Known>> question, Known? last = null) => new(new Lazy<Task<Known>>(question), time.GetTimestamp(), last);

    private Known? LastOf(Territory territory) => _asked.TryGetValue(territory, out var asked)
        ? asked.Answer.IsCompletedSuccessfully ? asked.Answer.Result : asked.Last
        : null;

    private async Task<Known> ReadAsync(Territory territory)
    {
        var at = time.GetTimestamp();
        return new Known(await store.ReadAsync(territory, CancellationToken.None), at);
    }

    private async Task<Known> RenewAsync(Territory territory, Known known)
    {
        try
        {
            var at = time.GetTimestamp();
            return await store.ReadRevisionAsync(territory, CancellationToken.None) == known.Directory.Revision
                ? known with { TrueAt = at }
                : await ReadAsync(territory);
        }
        catch (StorageUnavailableException) when (time.GetElapsedTime(known.TrueAt) < Lifetime)
        {
            // Asked again in a few seconds.
            return known;
        }
    }

    /// <param name="TrueAt">When it was known to be as it is stored, in ticks of the time provider.</param>
    private sealed record Known(TerritoryDirectory Directory, long TrueAt);

    /// <param name="At">In ticks of the time provider.</param>
    /// <param name="Last">What was known before.</param>
    private sealed record Asked(Lazy<Task<Known>> Lazy, long At, Known? Last)
    {
        // Not cancelled with the request that began it: others may be waiting for the same.
        public Task<Known> Answer => Lazy.Value;
    }
}
