using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Rdv.Local.Data;

namespace Rdv.Local.Clock;

/// <summary>
/// The clock of everything that runs here: the system's, plus what it was moved forward by. It never goes back, not
/// even at a restart on the same data.
/// </summary>
public sealed class MovableClock : IClock
{
    private readonly Lock _lock = new();
    private readonly IClock _system;
    private readonly string? _path;
    private Duration _ahead;
    private int _moves;
    private TaskCompletionSource _moved = NewSignal();

    /// <param name="system">The clock that this one is ahead of.</param>
    /// <param name="path">Where the difference is kept; null keeps it in memory.</param>
    public MovableClock(IClock system, string? path)
    {
        _system = system;
        _path = path;
        if (path is not null && File.Exists(path))
        {
            var text = JsonSerializer.Deserialize<Stored>(File.ReadAllText(path))!.Ahead;
            _ahead = DurationPattern.Roundtrip.Parse(text).GetValueOrThrow();
        }
    }

    /// <summary>How many times it was moved: a decision made before a move can be recognised after it.</summary>
    public int Moves
    {
        get
        {
            lock (_lock)
            {
                return _moves;
            }
        }
    }

    public Instant GetCurrentInstant()
    {
        lock (_lock)
        {
            return _system.GetCurrentInstant() + _ahead;
        }
    }

    /// <summary>Moves it forward.</summary>
    /// <returns>False, and nothing changes, when the instant has passed.</returns>
    public bool TryMoveTo(Instant now)
    {
        TaskCompletionSource moved;
        lock (_lock)
        {
            var system = _system.GetCurrentInstant();
            if (now < system + _ahead)
            {
                return false;
            }

            _ahead = now - system;
            if (_path is not null)
            {
                AtomicFile.Write(_path, JsonSerializer.Serialize(new Stored(DurationPattern.Roundtrip.Format(_ahead))));
            }

            _moves++;
            moved = _moved;
            _moved = NewSignal();
        }

        moved.SetResult();
        return true;
    }

    /// <summary>Waits for an instant of this clock.</summary>
    /// <returns>False when the clock was moved before.</returns>
    public async Task<bool> WaitUntilAsync(Instant instant, CancellationToken cancellationToken)
    {
        // A timer of the system stands still while the machine sleeps: look at the clock now and then.
        var longest = Duration.FromSeconds(30);
        Task moved;
        lock (_lock)
        {
            moved = _moved.Task;
        }

        while (!moved.IsCompleted)
        {
            var left = instant - GetCurrentInstant();
            if (left <= Duration.Zero)
            {
                return true;
            }

            // A timer may fire a little early: at least a millisecond is waited for.
            var wait = Duration.Max(Duration.Min(left, longest), Duration.FromMilliseconds(1)).ToTimeSpan();
            await Task.WhenAny(moved, Task.Delay(wait, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }

        return false;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Stored(string Ahead);
}
