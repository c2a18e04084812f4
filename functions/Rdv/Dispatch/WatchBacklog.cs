using Microsoft.Extensions.Logging;
using NodaTime;

namespace Rdv.Dispatch;

/// <summary>Raises the alarm when a message that was due still waits: something stopped, and nobody would notice the silence.</summary>
public sealed partial class WatchBacklog(OldestDue oldestDue, ILogger<WatchBacklog> logger)
{
    /// <summary>Three runs of the dispatch, a stale claim and its repetition fit in well.</summary>
    public static readonly Duration Alarming = Duration.FromMinutes(15);

    /// <returns>Since when the oldest message waits.</returns>
    public async Task<Duration> ExecuteAsync(CancellationToken cancellationToken)
    {
        var age = await oldestDue.AgeAsync(cancellationToken);
        if (age >= Alarming)
        {
            LogBacklog(logger, (int)age.TotalMinutes);
        }

        return age;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Messages wait: the oldest was due {Minutes} minutes ago.")]
    private static partial void LogBacklog(ILogger logger, int minutes);
}
