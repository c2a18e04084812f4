using Rdv.Local.HostileTables;
using Rdv.Local.ServiceProcesses;
using Rdv.Tests.Infrastructure;
using Xunit;

[assembly: AssemblyFixture(typeof(TableStorage))]

namespace Rdv.Tests.Infrastructure;

/// <summary>One storage emulator in memory for all tests, started by the first that asks. Each test has a table of its own.</summary>
public sealed class TableStorage : IAsyncDisposable
{
    private readonly Lazy<Task<LocalServices>> _services = new(() => LocalServices.StartAsync(new LocalServicesOptions { Mail = false }));

    private readonly Lazy<Task<LocalServices>> _backups = new(() => LocalServices.StartAsync(new LocalServicesOptions { Mail = false, Blobs = true, Hostility = Hostility.None }));

    /// <summary>Blobs of an emulator of their own: few tests need any.</summary>
    public async Task<string> ConnectBlobsAsync() => (await _backups.Value).BlobConnectionString!;

    /// <summary>For what runs as Rdv.Local does.</summary>
    public Task<LocalServices> Services => _services.Value;

    public async Task<string> ConnectAsync() => (await _services.Value).TableConnectionString;

    public async ValueTask DisposeAsync()
    {
        foreach (var services in new[] { _services, _backups }.Where(services => services.IsValueCreated))
        {
            await (await services.Value).DisposeAsync();
        }
    }
}
