using System.Reflection;
using Rdv.Local.FunctionHost;
using Shouldly;
using Xunit;

namespace Rdv.Tests.WorkerHost;

/// <summary>The published worker describes the functions of the code, no more and no fewer.</summary>
public sealed class MetadataTests(WorkerUnderTest worker)
{
    private static readonly FunctionCatalog Code = FunctionCatalog.Find(Assembly.Load("Rdv.Functions").GetTypes());

    [Fact]
    public async Task Every_HTTP_function_is_loaded_with_its_route_and_its_verbs() =>
        (await worker.StartedAsync()).Functions.OfType<HostedFunction.Http>()
            .Select(function => $"{function.Name}: {string.Join(',', function.Methods)} {function.Route}")
            .ShouldBe(
                Code.Http.Select(function => $"{function.Name}: {string.Join(',', function.Methods).ToUpperInvariant()} {function.Route}"),
                ignoreOrder: true);

    [Fact]
    public async Task Every_timer_is_loaded_with_its_schedule() =>
        (await worker.StartedAsync()).Functions.OfType<HostedFunction.Timer>()
            .Select(function => (function.Name, function.Schedule, function.UseMonitor, function.RunOnStartup))
            .ShouldBe(Code.Timers.Select(function => (function.Name, function.Schedule, function.UseMonitor, function.RunOnStartup)), ignoreOrder: true);
}
