using Rdv.Local.HostileTables;

namespace Rdv.Local.ServiceProcesses;

/// <summary>The storage emulator and the mail catcher, beside this process and never longer than it.</summary>
public sealed class LocalServices : IAsyncDisposable
{
    private const int Restarts = 5;

    // The account and key that every storage emulator has, published in its documentation.
    private const string Account = "devstoreaccount1";
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly LocalServicesOptions _options;
    private readonly ServicePorts _ports;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _watch;
    private readonly HostileTable? _hostile;
    private Supervisor _supervisor;

    private LocalServices(LocalServicesOptions options, Supervisor supervisor, ServicePorts ports, HostileTable? hostile)
    {
        _options = options;
        _hostile = hostile;
        _supervisor = supervisor;
        _ports = ports;
        _watch = WatchAsync();
    }

    /// <summary>The connection string of the storage emulator.</summary>
    public string TableConnectionString => ConnectionStringOf(TableEndpoint);

    public Uri TableEndpoint => _hostile?.Endpoint ?? EndpointAt(_ports);

    /// <summary>The connection string of the blobs of the storage emulator; null without them.</summary>
    public string? BlobConnectionString => _ports.Blob == 0
        ? null
        : $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};BlobEndpoint=http://127.0.0.1:{_ports.Blob}/{Account};";

    /// <summary>0 without the mail catcher.</summary>
    public int SmtpPort => _ports.Smtp;

    /// <summary>The pages of the mail catcher; null without it.</summary>
    public Uri? MailWebUrl => _ports.MailWeb == 0 ? null : new($"http://127.0.0.1:{_ports.MailWeb}/");

    /// <summary>The processes that run now: the supervisor first, then what it runs.</summary>
    public IReadOnlyList<int> ProcessIds => _supervisor.ProcessIds;

    /// <exception cref="LocalServicesException">Node.js is missing, the directory is in use, a service does not start.</exception>
    public static async Task<LocalServices> StartAsync(LocalServicesOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var wanted = options.UsualPorts ? ServicePorts.Usual : ServicePorts.Any;
        var (supervisor, ports) = await Supervisor.StartAsync(options, wanted, cancellationToken);
        var hostile = options.Hostility == Hostility.None ? null : await HostileTable.StartAsync(EndpointAt(ports), options.Hostility);
        return new LocalServices(options with { Fresh = false }, supervisor, ports, hostile);
    }

    private static Uri EndpointAt(ServicePorts ports) => new($"http://127.0.0.1:{ports.Table}/{Account}");

    internal static string ConnectionStringOf(Uri tableEndpoint) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};TableEndpoint={tableEndpoint};";

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watch;
        if (_hostile is not null)
        {
            await _hostile.DisposeAsync();
        }

        await _supervisor.DisposeAsync();
        _stopping.Dispose();
    }

    /// <summary>A supervisor that is killed takes the services with it: they are started again on the same ports.</summary>
    private async Task WatchAsync()
    {
        try
        {
            for (var left = Restarts; ; left--)
            {
                await _supervisor.Ended.WaitAsync(_stopping.Token);
                if (left == 0 || _options.DataDirectory is null)
                {
                    _options.Notice("Les services locaux se sont arrêtés.");
                    return;
                }

                var (supervisor, ports) = await Supervisor.StartAsync(_options, _ports, _stopping.Token);
                await _supervisor.DisposeAsync();
                _supervisor = supervisor;
                _options.Notice(ports == _ports
                    ? "Les services locaux s'étaient arrêtés ; ils ont été relancés avec leurs données."
                    : "Les services locaux s'étaient arrêtés ; leurs ports ont été pris entre-temps : relancez Rdv.Local.");
            }
        }
        catch (OperationCanceledException)
        {
            // We are stopping.
        }
        catch (LocalServicesException exception)
        {
            _options.Notice(exception.Message);
        }
    }
}
