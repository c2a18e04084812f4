using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rdv.Local.Clock;
using Rdv.Local.FunctionHost;

namespace Rdv.Local.Timers;

/// <summary>Runs the timer functions on the product's clock.</summary>
internal sealed partial class TimerScheduler : IHostedService, IDisposable
{
    private readonly ScheduledTimer[] _timers;
    private readonly ILogger<TimerScheduler> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandoned = new();
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _running = [];

    public TimerScheduler(
        FunctionCatalog catalog, IConfiguration configuration, MovableClock clock, LastRuns lastRuns, IServiceScopeFactory scopes,
        ILogger<TimerScheduler> logger)
    {
        _logger = logger;
        _timers =
        [
            .. catalog.Timers.Select(function =>
                new ScheduledTimer(function, TimerSchedule.Parse(function.Schedule, configuration), clock, lastRuns, scopes, logger)),
        ];
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var timer in _timers)
        {
            Track(Task.Run(() => timer.FollowAsync(_stopping.Token, _abandoned.Token), CancellationToken.None));
        }

        return Task.CompletedTask;
    }

    /// <summary>Starts no run any more and waits for those under way, as long as the host lets it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        Task[] running;
        lock (_lock)
        {
            running = [.. _running];
        }

        var ended = Task.WhenAll(running).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        try
        {
            await ended.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            LogAbandoned(_logger);
            await _abandoned.CancelAsync();
        }
    }

    /// <summary>Runs a timer now; completes at the end of that run, even when the caller has left.</summary>
    /// <returns>False when no timer has this name.</returns>
    public async Task<bool> TryRunAsync(string name)
    {
        var timer = _timers.FirstOrDefault(timer => string.Equals(timer.Name, name, StringComparison.OrdinalIgnoreCase));
        if (timer is null)
        {
            return false;
        }

        await Track(timer.RunNowAsync(_stopping.Token, _abandoned.Token));
        return true;
    }

    /// <summary>Runs each timer once, one after the other, by name.</summary>
    public async Task RunAllAsync()
    {
        foreach (var timer in _timers)
        {
            await Track(timer.RunNowAsync(_stopping.Token, _abandoned.Token));
        }
    }

    public void Dispose()
    {
        foreach (var timer in _timers)
        {
            timer.Dispose();
        }

        _stopping.Dispose();
        _abandoned.Dispose();
    }

    private Task Track(Task run)
    {
        lock (_lock)
        {
            _running.Add(run);
        }

        run.ContinueWith(
            ended =>
            {
                lock (_lock)
                {
                    _running.Remove(ended);
                }
            },
            CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return run;
    }

    [LoggerMessage(LogLevel.Warning, "A timer was still running at the stop and was cancelled")]
    private static partial void LogAbandoned(ILogger logger);
}
