using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rdv.Directory;
using Rdv.Functions.Host;
using Rdv.Local.Data;
using Rdv.Local.Dev;
using Rdv.Local.FunctionHost;
using Rdv.Local.ServiceProcesses;
using Rdv.Local.Staff;
using Rdv.Local.Timers;

namespace Rdv.Local;

/// <summary>The product, running in this process with its storage emulator and its mail catcher beside it.</summary>
public sealed class LocalApp : IAsyncDisposable
{
    // Requests and timers under way may end; then the emulator saves.
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(20);

    private static readonly JsonSerializerOptions RunFileJson = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly WebApplication _app;
    private readonly LocalServices _services;
    private readonly bool _ownsServices;
    private readonly DataDirectory? _data;

    private LocalApp(WebApplication app, LocalServices services, bool ownsServices, DataDirectory? data, Uri url, LocalAddresses addresses)
    {
        _ownsServices = ownsServices;
        _app = app;
        _services = services;
        _data = data;
        BaseUrl = url;
        Addresses = addresses;
    }

    private const int MaxAttempts = 3;

    public Uri BaseUrl { get; }

    public LocalAddresses Addresses { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>The processes of the storage emulator and the mail catcher, and of what keeps them.</summary>
    public IReadOnlyList<int> ServiceProcessIds => _services.ProcessIds;

    /// <param name="configure">Adds to the services, or replaces some, after all others.</param>
    /// <exception cref="LocalStartException">The port is taken, or the data directory is not ours.</exception>
    /// <exception cref="LocalServicesException">The storage emulator or the mail catcher does not start.</exception>
    public static async Task<LocalApp> StartAsync(
        LocalOptions options, Action<IServiceCollection>? configure = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StartOnceAsync(options, configure, cancellationToken);
            }
            catch (LocalStartException exception) when (options.Url is null or { Port: 0 } && attempt < MaxAttempts && exception.InnerException is IOException { InnerException: AddressInUseException })
            {
                // Any port will do, and the one that was free has been taken while the services started.
            }
        }
    }

    private static async Task<LocalApp> StartOnceAsync(LocalOptions options, Action<IServiceCollection>? configure, CancellationToken cancellationToken)
    {
        var data = options.DataDirectory is { } path ? DataDirectory.Open(path) : null;
        var url = ListenUrl.Choose(options.Url, options.Notice);
        var wanted = new LocalServicesOptions
        {
            DataDirectory = data?.Path,
            Fresh = options.Fresh,
            Mail = options.Mail,
            UsualPorts = options.UsualPorts,
            Notice = options.Notice,
        };
        var starting = options.Storage is { } storage
            ? Task.FromResult(storage)
            : LocalServices.StartAsync(wanted with { Hostility = options.Hostility ?? wanted.Hostility }, cancellationToken);
        WebApplication? app = null;
        try
        {
            // Meanwhile, whatever needs none of their addresses, nor the data directory.
            var communes = Task.Run(Communes.Load, CancellationToken.None);
            LocalAddresses? addresses = null;
            app = Build(options, configure, data, url, () => addresses!);
            var services = await starting;

            // Only now: an earlier run on this directory has ended.
            if (options.Fresh)
            {
                data?.Empty();
            }

            addresses = LocalAddresses.Of(url.GetLeftPart(UriPartial.Authority), services);
            LocalComposition.Configure((IConfigurationBuilder)app.Configuration, options, url, data, services);
            app.Services.CheckSettings();
            // Side by side: each is mostly the compilation of what it calls for the first time.
            var filling = Task.Run(() => app.Services.GetRequiredService<Samples.Samples>().FillAsync(cancellationToken), CancellationToken.None);
            await Task.WhenAll(StartOnAsync(app, url, cancellationToken), filling);
            await communes;
            app.Services.GetRequiredService<Readiness>().Ready();
            var started = new LocalApp(app, services, options.Storage is null, data, url, addresses);
            started.WriteRunFile();
            return started;
        }
        catch
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }

            if (options.Storage is null)
            {
                await EndAsync(starting);
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
        finally
        {
            if (_ownsServices)
            {
                await _services.DisposeAsync();
            }

            if (_data is not null)
            {
                File.Delete(_data.RunFile);
            }
        }
    }

    private static WebApplication Build(
        LocalOptions options, Action<IServiceCollection>? configure, DataDirectory? data, Uri url, Func<LocalAddresses> addresses)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(LocalApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseUrls(url.ToString());
        // What staff do is logged for an audit: on one machine it would only hide the rest.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Azure", LogLevel.Warning).AddFilter("Rdv.Functions.Http.HttpInvocation", LogLevel.Warning);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainTime);

        // Signals are the program's: here they would stop the host before the program knows.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        LocalComposition.Add(builder.Services, builder.Configuration, options, data, addresses);
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseReadiness();
        app.UseRouting();
        app.UseWrongVerbIsNotFound();
        app.MapFunctions(app.Services.GetRequiredService<FunctionCatalog>().Http);
        app.MapAdmin();
        app.MapDev();
        app.MapSignIn();
        return app;
    }

    private static async Task EndAsync(Task<LocalServices> starting)
    {
        await ((Task)starting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (starting.IsCompletedSuccessfully)
        {
            await (await starting).DisposeAsync();
        }
    }

    private static async Task StartOnAsync(WebApplication app, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new LocalStartException($"L'adresse {url} vient d'être prise : recommencez, ou donnez-en une autre avec --urls.", exception);
        }
    }

    private void WriteRunFile()
    {
        if (_data is not null)
        {
            AtomicFile.Write(_data.RunFile, JsonSerializer.Serialize(
                new
                {
                    Addresses.Site,
                    Addresses.Hotline,
                    Addresses.Advisor,
                    Addresses.Structure,
                    Addresses.Dev,
                    Addresses.Api,
                    Addresses.Mail,
                    Addresses.Tables,
                    Addresses.SmtpPort,
                    Pid = Environment.ProcessId,
                    ServicePids = ServiceProcessIds,
                    Data = _data.Path,
                },
                RunFileJson));
        }
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
