using System.Collections.Immutable;

namespace Rdv.Agenda;

/// <summary>The seats of a workshop, as its day holds them: whoever takes one writes the day, so that there is never one too many.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Codes">Of the references of those who have one.</param>
public sealed record WorkshopSeats(string Title, int Count, ImmutableArray<string> Codes)
{
    public int Taken => Codes.Length;

    public int Left => Math.Max(0, Count - Taken);

    public WorkshopSeats With(string code) => this with { Codes = Codes.Add(code) };

    public WorkshopSeats Without(string code) => this with { Codes = Codes.Remove(code) };

    // By what it holds: an array would be compared by where it lies.
    public bool Equals(WorkshopSeats? other) =>
        other is not null && Title == other.Title && Count == other.Count && Codes.AsSpan().SequenceEqual(other.Codes.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Title, Count, Codes.Length);
}
