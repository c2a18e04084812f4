using NodaTime;

namespace Rdv.Benchmarks.Samples;

/// <summary>Monday 23 November 2026, 8:00 in Paris, until it is told otherwise: the same agenda and the same sizes at each run.</summary>
internal sealed class FixedTime : TimeProvider, IClock
{
    public static LocalDate Today { get; } = new(2026, 11, 23);

    public static Instant Now { get; } = Instant.FromUtc(2026, 11, 23, 7, 0);

    private Instant _at = Now;

    public Instant GetCurrentInstant() => _at;

    public void GoTo(Instant instant) => _at = instant;

    // The cached directory never grows old: its query once a minute is no part of what one operation costs.
    public override long GetTimestamp() => 0;
}
