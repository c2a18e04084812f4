namespace Rdv.Tests.Infrastructure;

/// <summary>Time that passes by itself, and in leaps: something took so long.</summary>
internal sealed class SlowTime : TimeProvider
{
    private long _leaps;

    public void Pass(TimeSpan time) => Interlocked.Add(ref _leaps, (long)(time.TotalSeconds * TimestampFrequency));

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _leaps);
}
