using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Directory;
using Rdv.Messages;
using Rdv.Territories;

namespace Rdv.Dispatch;

/// <param name="Age">Zero when nothing waits.</param>
/// <param name="InTrouble">The territories that did not answer: what waits there is not known.</param>
public sealed record OldestWaiting(Duration Age, IReadOnlyList<Territory> InTrouble);

/// <summary>Since when the oldest message that is due waits: what tells that something stopped.</summary>
public sealed partial class OldestDue(IDirectoryStore directoryStore, IDueStore dueStore, IClock clock, ILogger<OldestDue> logger)
{
    private const int AtOnce = 16;

    /// <param name="patience">What has not answered by then is in trouble.</param>
    /// <exception cref="StorageUnavailableException">The list of territories did not answer, or none of them did.</exception>
    public async Task<OldestWaiting> FindAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        var now = clock.GetCurrentInstant();
        var oldest = now;
        var gate = new Lock();
        var territories = await ListAsync(limit.Token, cancellationToken);
        var inTrouble = await territories.InEachAsync(
            AtOnce,
            async (territory, _) =>
            {
                foreach (var channel in Enum.GetValues<Channel>())
                {
                    if (await dueStore.FindOldestAsync(territory, channel, now, limit.Token) is { } due)
                    {
                        lock (gate)
                        {
                            oldest = Instant.Min(oldest, due);
                        }
                    }
                }
            },
            (territory, exception) => LogInTrouble(logger, territory.Code, exception),
            cancellationToken);
        return inTrouble.Count > 0 && inTrouble.Count == territories.Count
            ? throw new StorageUnavailableException("No territory answered.")
            : new OldestWaiting(now - oldest, inTrouble);
    }

    private async Task<IReadOnlyList<Territory>> ListAsync(CancellationToken limit, CancellationToken cancellationToken)
    {
        try
        {
            return await directoryStore.ListTerritoriesAsync(limit);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StorageUnavailableException("The list of territories did not answer.", exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Territory {Territory} did not say what waits in it.")]
    private static partial void LogInTrouble(ILogger logger, string territory, Exception exception);
}
