using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rdv.Local;
using Rdv.Local.ServiceProcesses;
using Rdv.Tests.WorkerHost.Protocol;

namespace Rdv.Tests.WorkerHost;

/// <summary>The published worker, running under a host that says what the Functions host says; storage and mail are those of Rdv.Local.</summary>
internal sealed class RunningWorker : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly Stack<IAsyncDisposable> _parts;

    private RunningWorker(
        Stack<IAsyncDisposable> parts, Uri url, IReadOnlyList<HostedFunction> functions, WorkerProcess process, LocalServices services)
    {
        _parts = parts;
        BaseUrl = url;
        Functions = functions;
        Process = process;
        Services = services;
    }

    public WorkerProcess Process { get; }

    public LocalServices Services { get; }

    public Uri BaseUrl { get; }

    public IReadOnlyList<HostedFunction> Functions { get; }

    /// <param name="from">See <see cref="WorkerForwarder"/>.</param>
    public static async Task<RunningWorker> StartAsync(CancellationToken cancellationToken, LocalOptions? options = null, Func<string>? from = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        var parts = new Stack<IAsyncDisposable>();
        try
        {
            var services = Add(parts, await LocalServices.StartAsync(new LocalServicesOptions(), limit.Token));
            var channel = Add(parts, new WorkerChannel());
            var server = Add(parts, await ListenAsync(channel, limit.Token));
            var url = ListenUrl.Choose(new Uri("http://127.0.0.1:0"), _ => { });
            var process = Add(parts, WorkerProcess.Start(AddressOf(server), SettingsFor(url, services, options ?? new LocalOptions())));
            var (worker, functions) = await LoadAsync(channel, process, limit.Token);
            var forwarder = Add(parts, new WorkerForwarder(worker, from));
            Add(parts, await HostFront.StartAsync(url, functions, new FunctionInvoker(channel.InvokeAsync, forwarder.SendAsync), limit.Token));
            return new RunningWorker(parts, url, functions, process, services);
        }
        catch
        {
            await EndAsync(parts);
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await EndAsync(_parts);

    private static async Task<WebApplication> ListenAsync(WorkerChannel channel, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = StopLimit);
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(channel);
        var app = builder.Build();
        app.MapGrpcService<WorkerChannel>();
        await app.StartAsync(cancellationToken);
        return app;
    }

    private static Uri AddressOf(WebApplication server) =>
        new(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>What the product is told under Rdv.Local, and that staff sign in as in Azure.</summary>
    private static IEnumerable<KeyValuePair<string, string?>> SettingsFor(Uri url, LocalServices services, LocalOptions options)
    {
        var configuration = new ConfigurationBuilder();
        LocalComposition.Configure(configuration, options, url, data: null, services);
        return configuration.Build().AsEnumerable()
            .Where(setting => setting.Value is not null)
            .Select(setting => KeyValuePair.Create(setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value))
            .Append(KeyValuePair.Create("WEBSITE_AUTH_ENABLED", (string?)"true"));
    }

    private static async Task<(Uri Worker, IReadOnlyList<HostedFunction> Functions)> LoadAsync(
        WorkerChannel channel, WorkerProcess process, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var loading = LoadAsync(channel, ended.Token);
        if (await Task.WhenAny(loading, process.EndedAsync(ended.Token)) == loading)
        {
            await ended.CancelAsync();
            return await loading;
        }

        await ended.CancelAsync();
        throw new InvalidOperationException($"The worker did not start.\n{process.Output}");
    }

    private static async Task<(Uri Worker, IReadOnlyList<HostedFunction> Functions)> LoadAsync(WorkerChannel channel, CancellationToken cancellationToken)
    {
        await channel.StartedAsync(cancellationToken);
        var initialized = await channel.InitializeAsync(
            new WorkerInitRequest { HostVersion = "4.0.0.0", WorkerDirectory = PublishedWorker.Directory, FunctionAppDirectory = PublishedWorker.Directory },
            cancellationToken);
        Check(initialized.Result, "The start");
        var described = await channel.DescribeAsync(new FunctionsMetadataRequest { FunctionAppDirectory = PublishedWorker.Directory }, cancellationToken);
        Check(described.Result, "The metadata");
        foreach (var metadata in described.FunctionMetadataResults)
        {
            Check(await channel.LoadAsync(metadata, cancellationToken), metadata.Name);
        }

        return (new Uri(initialized.Capabilities["HttpUri"]), [.. described.FunctionMetadataResults.Select(HostedFunction.Of)]);
    }

    private static void Check(StatusResult result, string what)
    {
        if (result.Status != StatusResult.Types.Status.Success)
        {
            throw new InvalidOperationException($"{what} failed: {result.Exception?.Message}\n{result.Exception?.StackTrace}");
        }
    }

    /// <summary>What is added last ends first.</summary>
    private static T Add<T>(Stack<IAsyncDisposable> parts, T part)
        where T : IAsyncDisposable
    {
        parts.Push(part);
        return part;
    }

    private static async Task EndAsync(Stack<IAsyncDisposable> parts)
    {
        while (parts.TryPop(out var part))
        {
            await part.DisposeAsync();
        }
    }
}
