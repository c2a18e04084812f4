using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Local.Clock;
using Rdv.Local.FunctionHost;

namespace Rdv.Local.Timers;

/// <summary>One timer function: at most one of its runs at a time, whoever asks for it.</summary>
internal sealed partial class ScheduledTimer(
    TimerFunction function, TimerSchedule schedule, MovableClock clock, LastRuns lastRuns, IServiceScopeFactory scopes, ILogger logger) : IDisposable
{
    private static readonly Duration StatusFrom = Duration.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1);
    private readonly Func<IServiceProvider, object>? _create = Creation(function.Method);

    public string Name => function.Name;

    public void Dispose() => _one.Dispose();

    /// <summary>Runs it at each occurrence until cancelled; the run that is under way then goes on.</summary>
    public async Task FollowAsync(CancellationToken stopping, CancellationToken runToken)
    {
        var missed = function.UseMonitor && lastRuns.Of(Name) is { } last && schedule.NextAfter(last) < clock.GetCurrentInstant();
        if (missed || function.RunOnStartup)
        {
            await RunAsync(missed, onlyIfMoves: null, stopping, runToken);
        }

        while (true)
        {
            var moves = clock.Moves;
            var next = schedule.NextAfter(clock.GetCurrentInstant());

            // After a move the mover runs each timer: the occurrences that it jumped over are not run again.
            if (await clock.WaitUntilAsync(next, stopping))
            {
                await RunAsync(isPastDue: false, onlyIfMoves: moves, stopping, runToken);
            }
        }
    }

    /// <summary>Runs it now, after the run that is under way. Completes at the end of the run, failed or not.</summary>
    public Task RunNowAsync(CancellationToken waiting, CancellationToken runToken) =>
        RunAsync(isPastDue: false, onlyIfMoves: null, waiting, runToken);

    private static Func<IServiceProvider, object>? Creation(MethodInfo method)
    {
        if (method.IsStatic)
        {
            return null;
        }

        var factory = ActivatorUtilities.CreateFactory(method.DeclaringType!, []);
        return services => factory(services, []);
    }

    private async Task RunAsync(bool isPastDue, int? onlyIfMoves, CancellationToken waiting, CancellationToken runToken)
    {
        await _one.WaitAsync(waiting);
        try
        {
            if (onlyIfMoves is null || onlyIfMoves == clock.Moves)
            {
                await InvokeAsync(isPastDue, runToken);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task InvokeAsync(bool isPastDue, CancellationToken cancellationToken)
    {
        var started = clock.GetCurrentInstant();
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var arguments = function.Method.GetParameters()
                .Select(object (parameter) => parameter.ParameterType == typeof(TimerInfo) ? Info(started, isPastDue) : cancellationToken)
                .ToArray();
            var result = function.Method.Invoke(
                _create?.Invoke(scope.ServiceProvider), BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
            await (result as Task ?? Task.CompletedTask);
        }
#pragma warning disable CA1031 // A failed run is not repeated until the next occurrence, as under the Functions host.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailure(logger, Name, exception);
        }

        lastRuns.Set(Name, started);
    }

    private TimerInfo Info(Instant started, bool isPastDue)
    {
        var next = schedule.NextAfter(started);
        var last = lastRuns.Of(Name);
        return new TimerInfo
        {
            IsPastDue = isPastDue,
            ScheduleStatus = schedule.NextAfter(next) - next < StatusFrom
                ? null
                : new ScheduleStatus
                {
                    Last = last?.ToDateTimeUtc() ?? default,
                    Next = next.ToDateTimeUtc(),
                    LastUpdated = (last ?? started).ToDateTimeUtc(),
                },
        };
    }

    [LoggerMessage(LogLevel.Error, "The timer {Name} failed")]
    private static partial void LogFailure(ILogger logger, string name, Exception exception);
}
