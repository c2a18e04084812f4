namespace Rdv.Tests.Infrastructure;

/// <summary>The time of a process, by which it knows how old its caches are: it runs as it does, until it is stopped and moved on by hand.</summary>
internal sealed class SteppedTime(TimeProvider? world = null) : TimeProvider
{
    private readonly TimeProvider _world = world ?? System;
    private bool _isStopped;
    private long _at;

    // Stopped, it goes on by one tick whenever somebody looks: what comes after something is later.
    public override long GetTimestamp() => _isStopped ? Interlocked.Increment(ref _at) : _world.GetTimestamp();

    /// <summary>Nothing grows old by itself from here on.</summary>
    public void Stop() => (_at, _isStopped) = (GetTimestamp(), true);

    /// <summary>Stops, at so much later and a little more.</summary>
    public void Skip(TimeSpan span)
    {
        Stop();
        _at += (long)((span.TotalSeconds + 0.001) * TimestampFrequency);
    }
}
