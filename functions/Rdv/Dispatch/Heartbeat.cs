using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Messages;
using Rdv.Territories;

namespace Rdv.Dispatch;

/// <summary>What the loop of a channel leaves of a look into every territory, so that neither the watchdog nor who asks for health need look there again.</summary>
/// <param name="At">When it looked.</param>
/// <param name="Waiting">The territories where something has been due for <see cref="Long"/>; by code.</param>
/// <param name="InTrouble">The territories that could not be read: what waits there is not known; by code.</param>
/// <param name="Oldest">When the oldest was due that a run has passed over; null when there is none.</param>
public sealed record Heartbeat(Instant At, IReadOnlyList<Territory> Waiting, IReadOnlyList<Territory> InTrouble, Instant? Oldest)
{
    /// <summary>Sooner than the watchdog raises the alarm, by the time between two of its runs.</summary>
    public static readonly Duration Long = Duration.FromMinutes(10);

    /// <summary>How often it is written at least; at once when it says anything else.</summary>
    public static readonly Duration Interval = Duration.FromMinutes(5);

    /// <summary>No loop pauses longer between two runs: what was due before is there because a run has left it.</summary>
    public static readonly Duration BetweenRuns = Duration.FromMinutes(3);

    /// <summary>Three runs of the dispatch, a stale claim and its repetition fit in well: a loop has stopped when it has not looked for so long.</summary>
    public static readonly Duration Silence = Duration.FromMinutes(15);

    public bool IsSilent(Instant now) => now - At >= Silence;

    public bool SaysTheSameAs(Heartbeat other) => Waiting.SequenceEqual(other.Waiting) && InTrouble.SequenceEqual(other.InTrouble) && Oldest == other.Oldest;

    /// <summary>Of a table in which nothing can wait yet: from here on its loops are expected.</summary>
    public static Heartbeat First(Instant now) => new(now, [], [], null);
}

/// <summary>What a run sees wait, while it reads several territories at once.</summary>
internal sealed class Sightings
{
    private readonly Lock _gate = new();
    private readonly HashSet<Territory> _waiting = [];
    private Instant? _oldest;

    public void Add(Territory territory, Instant dueAt, Instant now)
    {
        if (now - dueAt <= Heartbeat.BetweenRuns)
        {
            return;
        }

        lock (_gate)
        {
            _oldest = _oldest < dueAt ? _oldest : dueAt;
            if (now - dueAt >= Heartbeat.Long)
            {
                _waiting.Add(territory);
            }
        }
    }

    /// <summary>Once all have been read.</summary>
    public Heartbeat Beat(Instant now, IReadOnlyList<Territory> inTrouble) =>
        new(now, [.. _waiting.OrderBy(territory => territory.Code, StringComparer.Ordinal)], inTrouble, _oldest);
}

internal static partial class Heartbeats
{
    /// <param name="known">As it was read at the start of the run; null to write in any case.</param>
    /// <remarks>What is not written makes the watchdog look by itself: that storage refused it is told, and stops nothing.</remarks>
    public static async Task BeatAsync(
        this IDispatchControlStore store, Channel channel, Heartbeat? known, Heartbeat beat, ILogger logger, CancellationToken cancellationToken)
    {
        if (known is not null && known.At <= beat.At && beat.At - known.At < Heartbeat.Interval && known.SaysTheSameAs(beat))
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
