using System.Diagnostics;
using NodaTime;

namespace Rdv.Tests.Browser;

/// <summary>A clock that runs, from a chosen moment: what the pages show does not depend on the day of the test.</summary>
internal sealed class ClockFrom(Instant start) : IClock
{
    private readonly long _started = Stopwatch.GetTimestamp();

    public Instant GetCurrentInstant() => start + Duration.FromTimeSpan(Stopwatch.GetElapsedTime(_started));
}
