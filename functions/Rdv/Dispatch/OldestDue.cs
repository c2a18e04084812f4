using NodaTime;
using Rdv.Directory;
using Rdv.Messages;

namespace Rdv.Dispatch;

/// <summary>Since when the oldest message that is due waits: what tells that something stopped.</summary>
public sealed class OldestDue(IDirectoryStore directoryStore, IDueStore dueStore, IClock clock)
{
    private const int AtOnce = 16;

    /// <returns>Zero when nothing waits.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Duration> AgeAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var oldest = now;
        var gate = new Lock();
        var queries = (await directoryStore.ListTerritoriesAsync(cancellationToken))
            .SelectMany(territory => Enum.GetValues<Channel>().Select(channel => (territory, channel)));
        await Parallel.ForEachAsync(
            queries,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (query, token) =>
            {
                if (await dueStore.FindOldestAsync(query.territory, query.channel, now, token) is { } due)
                {
                    lock (gate)
                    {
                        oldest = Instant.Min(oldest, due);
                    }
                }
            });
        return now - oldest;
    }
}
