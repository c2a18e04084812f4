using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using NodaTime;
using Rdv.Functions.Operations;
using Rdv.Local.Timers;

namespace Rdv.Tests.Infrastructure;

/// <summary>A timer of the product with its schedule, as the host finds it.</summary>
internal sealed class ATimer
{
    private readonly MethodInfo _function;
    private readonly TimerSchedule _schedule;

    private ATimer(string name, MethodInfo function, string schedule)
    {
        (Name, _function) = (name, function);
        _schedule = TimerSchedule.Parse(schedule, new ConfigurationBuilder().Build());
    }

    public string Name { get; }

    /// <summary>All that there are: none is left out because a test did not know of it.</summary>
    public static IReadOnlyList<ATimer> All() =>
    [
        .. from type in typeof(Watchdog).Assembly.GetExportedTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
           let schedule = method.GetParameters().Select(parameter => parameter.GetCustomAttribute<TimerTriggerAttribute>()?.Schedule).FirstOrDefault(schedule => schedule is not null)
           where schedule is not null
           select new ATimer(method.GetCustomAttribute<FunctionAttribute>()!.Name, method, schedule),
    ];

    /// <summary>When it runs, from that instant on.</summary>
    public IReadOnlyList<Instant> Within(Instant from, Duration length)
    {
        var runs = new List<Instant>();
        for (var at = _schedule.NextAfter(from - Duration.Epsilon); at < from + length; at = _schedule.NextAfter(at))
        {
            runs.Add(at);
        }

        return runs;
    }

    public Task RunAsync(Product product) =>
        (Task)_function.Invoke(product.Create(_function.DeclaringType!), [new TimerInfo(), CancellationToken.None])!;
}
