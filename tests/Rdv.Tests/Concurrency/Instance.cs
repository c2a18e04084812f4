using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Calendars;
using Rdv.Functions.Host;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;
using Rdv.Local.Clock;
using Rdv.Local.FunctionHost;
using Rdv.Local.Staff;
using Rdv.Local.Timers;
using Rdv.Messages;
using Rdv.Tests.Infrastructure;

namespace Rdv.Tests.Concurrency;

/// <summary>
/// One instance of the functions on Kestrel, as Rdv.Local runs them, on storage that others share with it. Its timers run when they are
/// told to. It dies when its switch says so.
/// </summary>
internal sealed class Instance : IAsyncDisposable
{
    /// <summary>Says of an answer that storage had confirmed a write to the product before.</summary>
    public const string WroteHeader = "X-Wrote";

    /// <summary>Which call it is.</summary>
    public const string CallHeader = "X-Call";

    private static readonly FunctionCatalog Catalog =
        FunctionCatalog.Find(Assembly.Load("Rdv.Functions").GetTypes());

    /// <summary>Whether the request that is being answered has written something, and knows it.</summary>
    private static readonly AsyncLocal<StrongBox<bool>?> Wrote = new();

    private static readonly AsyncLocal<int> Call = new();

    private readonly WebApplication _app;
    private readonly KillSwitch _kill;

    private Instance(WebApplication app, KillSwitch kill, Faults faults)
    {
        _app = app;
        _kill = kill;
        Faults = faults;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Client { get; }

    public Faults Faults { get; }

    /// <summary>Once true, nothing that it answers has been heard.</summary>
    public bool IsDead => _kill.Fired;

    public static async Task<Instance> StartAsync(
        World world, KillSwitch kill, Faults faults, Providers providers, Commits commits, Func<string, string>? rewrite)
    {
        var storage = new StorageLine(kill) { Fault = faults.Choose, Meanwhile = faults.DelayAsync, Rewrite = rewrite, Sent = body => commits.Send(Call.Value, body), Answered = Note };
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(world.Settings);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddSingleton<IClock>(world.Clock);
        builder.Services.AddSingleton<TableClientOptions>(_ => storage.ToOptions());
        builder.Services.AddSingleton(new LimitSettings { Enabled = false });
        builder.Services.AddSingleton<ICalendarSource>(new PublishedHours());
        builder.Services.AddSingleton<IStaffIdentity, LocalStaffIdentity>();
        builder.Services.AddRdv(builder.Configuration);
        builder.Services.AddSingleton<ISmsGateway>(providers);
        builder.Services.AddSingleton<IMailGateway>(providers);
        // What a start reads is not what is tested here.
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType?.Name == "WarmUp"));
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType?.Name == "TableCreation"));
        builder.Services.AddSingleton(Catalog);
        builder.Services.AddSingleton(new MovableClock(world.Clock, null));
        builder.Services.AddSingleton(new LastRuns(null));
        builder.Services.AddSingleton<TimerScheduler>();
        var app = builder.Build();
        app.Use(TellAsync);
        app.UseRouting();
        app.MapFunctions(Catalog.Http);
        app.MapAdmin();
        await app.StartAsync();
        return new Instance(app, kill, faults);
    }

    /// <summary>Waits for what is under way: a killed process has nothing that goes on, a stopped one ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Client.Dispose();
    }

    private static Task TellAsync(HttpContext context, RequestDelegate next)
    {
        var wrote = Wrote.Value = new StrongBox<bool>();
        Call.Value = int.Parse(context.Request.Headers[CallHeader].ToString(), CultureInfo.InvariantCulture);
        context.Response.OnStarting(() =>
        {
            if (wrote.Value)
            {
                context.Response.Headers[WroteHeader] = "yes";
            }

            return Task.CompletedTask;
        });
        return next(context);
    }

    private static void Note(StorageRequest request, global::Azure.Response response)
    {
        if (request.IsTransaction && StorageLine.Did(response) == true && Wrote.Value is { } wrote)
        {
            wrote.Value = true;
        }
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
