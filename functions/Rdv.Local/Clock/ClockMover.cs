using NodaTime;
using Rdv.Local.Timers;

namespace Rdv.Local.Clock;

/// <summary>Moves the clock of everything and lets the timers catch up; one move at a time.</summary>
internal sealed class ClockMover(MovableClock clock, TimerScheduler scheduler) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Completes when each timer has run once at the new time.</summary>
    /// <returns>False, and nothing ran, when the instant has passed.</returns>
    public Task<bool> TryMoveToAsync(Instant now) => TryMoveAsync(_ => now);

    /// <inheritdoc cref="TryMoveToAsync"/>
    /// <param name="from">The new time, from the time when its turn has come.</param>
    public async Task<bool> TryMoveAsync(Func<Instant, Instant> from)
    {
        await _one.WaitAsync();
        try
        {
            if (!clock.TryMoveTo(from(clock.GetCurrentInstant())))
            {
                return false;
            }

            await scheduler.RunAllAsync();
            return true;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
