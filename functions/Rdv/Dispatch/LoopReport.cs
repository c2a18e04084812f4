using NodaTime;
using Rdv.Messages;
using Rdv.Territories;

namespace Rdv.Dispatch;

/// <summary>What the loops of all channels know of what is due and not done: nobody has to look into a territory to ask.</summary>
/// <param name="OldestAge">
/// Of the oldest thing that a run has passed over; of a loop that has fallen silent, since when nobody has looked. Zero when nothing waits, null
/// when a loop has never looked.
/// </param>
/// <param name="InTrouble">The territories that a loop could not read: what waits there is not known.</param>
/// <param name="IsSilent">Whether a loop has not looked for <see cref="Heartbeat.Silence"/>, or never.</param>
public sealed record LoopReport(Duration? OldestAge, IReadOnlyList<Territory> InTrouble, bool IsSilent)
{
    public static LoopReport Of(IReadOnlyDictionary<Channel, Heartbeat> heartbeats, Instant now)
    {
        var beats = heartbeats.Values;
        var everyOne = Enum.GetValues<Channel>().All(heartbeats.ContainsKey);
        var since = beats.Select(beat => Instant.Min(beat.Oldest ?? now, beat.IsSilent(now) ? beat.At : now)).Append(now).Min();
        return new LoopReport(
            everyOne ? now - since : null,
            [.. beats.SelectMany(beat => beat.InTrouble).Distinct().OrderBy(territory => territory.Code, StringComparer.Ordinal)],
            !everyOne || beats.Any(beat => beat.IsSilent(now)));
    }
}
