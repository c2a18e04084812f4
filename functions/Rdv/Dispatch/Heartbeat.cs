using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Messages;
using Rdv.Territories;

namespace Rdv.Dispatch;

/// <summary>What the loop of a channel leaves of a look into every territory, so that the watchdog need not look there again.</summary>
/// <param name="At">When it looked.</param>
/// <param name="Waiting">The territories where something has been due for <see cref="Long"/>, and those that could not be read; by code.</param>
public sealed record Heartbeat(Instant At, IReadOnlyList<Territory> Waiting)
{
    /// <summary>Sooner than the watchdog raises the alarm, by the time between two of its runs.</summary>
    public static readonly Duration Long = Duration.FromMinutes(10);

    /// <summary>How often it is written at least; at once when <see cref="Waiting"/> changes.</summary>
    public static readonly Duration Interval = Duration.FromMinutes(5);
}

internal static partial class Heartbeats
{
    /// <param name="known">As it was read at the start of the run; null to write in any case.</param>
    /// <param name="waiting">See <see cref="Heartbeat.Waiting"/>; in any order, once or more.</param>
    /// <remarks>What is not written makes the watchdog look by itself: that storage refused it is told, and stops nothing.</remarks>
    public static async Task BeatAsync(
        this IDispatchControlStore store, Channel channel, Heartbeat? known, IEnumerable<Territory> waiting, Instant now, ILogger logger, CancellationToken cancellationToken)
    {
        var beat = new Heartbeat(now, [.. waiting.Distinct().OrderBy(territory => territory.Code, StringComparer.Ordinal)]);
        if (known is not null && known.At <= now && now - known.At < Heartbeat.Interval && known.Waiting.SequenceEqual(beat.Waiting))
        {
            return;
        }

        try
        {
            await store.WriteAsync(channel, beat, cancellationToken);
        }
        catch (StorageUnavailableException exception)
        {
            LogNotWritten(logger, channel, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "That {Channel} has been looked through could not be noted.")]
    private static partial void LogNotWritten(ILogger logger, Channel channel, Exception exception);
}
