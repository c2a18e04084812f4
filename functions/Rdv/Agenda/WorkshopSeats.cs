using System.Collections.Immutable;
using NodaTime;
using Rdv.Ids;

namespace Rdv.Agenda;

/// <summary>A seat that was given back and is kept for those of the waiting list who were told. It ends by itself.</summary>
/// <param name="Hold">By which their offer names it.</param>
public sealed record KeptSeat(string Hold, Instant Until);

/// <summary>The seats of a workshop, as its day holds them: whoever takes one writes the day, so that there is never one too many.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Codes">Of the references of those who have one.</param>
public sealed record WorkshopSeats(string Title, int Count, ImmutableArray<string> Codes)
{
    /// <summary>Those that have ended count no more; the next writer drops them.</summary>
    public ImmutableArray<KeptSeat> Kept { get; init; } = [];

    /// <summary>Which session of which course the workshop is; null for one that is none.</summary>
    public SessionOf? Session { get; init; }

    /// <summary>In the day of a second advisor: in whose day the seats stand. Null in that one.</summary>
    public AdvisorId? Lead { get; init; }

    public int Taken => Codes.Length;

    /// <param name="hold">What keeps seats for whoever asks; null for the public.</param>
    public int LeftAt(Instant now, string? hold = null) => Math.Max(0, Count - Taken - Kept.Count(seat => seat.Until > now && seat.Hold != hold));

    /// <param name="hold">What has kept the seat, if anything has.</param>
    public WorkshopSeats With(string code, Instant now, string? hold = null)
    {
        var kept = Living(now);
        return this with { Codes = Codes.Add(code), Kept = kept.FirstOrDefault(seat => seat.Hold == hold) is { } own ? kept.Remove(own) : kept };
    }

    public WorkshopSeats Without(string code) => this with { Codes = Codes.Remove(code) };

    public WorkshopSeats Keeping(KeptSeat seat, Instant now) => this with { Kept = Living(now).Add(seat) };

    public ImmutableArray<KeptSeat> Living(Instant now) => Kept.RemoveAll(seat => seat.Until <= now);

    // By what it holds: an array would be compared by where it lies.
    public bool Equals(WorkshopSeats? other) =>
        other is not null && Title == other.Title && Count == other.Count && Session == other.Session && Lead == other.Lead && Codes.AsSpan().SequenceEqual(other.Codes.AsSpan())
        && Kept.AsSpan().SequenceEqual(other.Kept.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Title, Count, Codes.Length, Kept.Length);
}
