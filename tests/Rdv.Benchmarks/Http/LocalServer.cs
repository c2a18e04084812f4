using System.Reflection;
using Azure.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using Rdv.Azure.Tables;
using Rdv.Benchmarks.Samples;
using Rdv.Benchmarks.Storage;
using Rdv.Local;

namespace Rdv.Benchmarks.Http;

/// <summary><c>Rdv.Local</c> in this process, without timers.</summary>
internal sealed class LocalServer(LocalApp app, RequestCounter counter) : Server
{
    public override Uri BaseUrl => app.BaseUrl;

    public override string ConnectionString => app.Services.GetRequiredService<IConfiguration>()["Tables:ConnectionString"]!;

    public override LocalDate Today => FixedTime.Today;

    public static async Task<Server> StartAsync()
    {
        var counter = new RequestCounter();
        return new LocalServer(
            await LocalApp.StartAsync(
                new LocalOptions { Limits = false, Demo = false, Mail = false, FunctionTypes = [.. Assembly.Load("Rdv.Functions").GetTypes().Where(type => !IsTimer(type))] },
                services =>
                {
                    services.Replace(ServiceDescriptor.Singleton<IClock>(new FixedTime()));
                    services.Replace(ServiceDescriptor.Singleton(_ =>
                    {
                        var options = StorageOptions.Create();
                        options.AddPolicy(counter, HttpPipelinePosition.PerRetry);
                        return options;
                    }));
                }),
            counter);
    }

    public override Task<Taken> TakenAsync() =>
        Task.FromResult(new Taken(Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(), GC.CollectionCount(2), counter.Requests));

    public override ValueTask DisposeAsync() => app.DisposeAsync();

    private static bool IsTimer(Type type) => type.GetMethods().Any(method => method.GetParameters().Any(parameter => parameter.GetCustomAttribute<TimerTriggerAttribute>() is not null));
}
