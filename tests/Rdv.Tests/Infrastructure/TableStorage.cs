using Rdv.Local.ServiceProcesses;
using Rdv.Tests.Infrastructure;
using Xunit;

[assembly: AssemblyFixture(typeof(TableStorage))]

namespace Rdv.Tests.Infrastructure;

/// <summary>One storage emulator in memory for all tests, started by the first that asks. Each test has a table of its own.</summary>
public sealed class TableStorage : IAsyncDisposable
{
    private readonly Lazy<Task<LocalServices>> _services = new(() => LocalServices.StartAsync(new LocalServicesOptions { Mail = false }));

    public async Task<string> ConnectAsync() => (await _services.Value).TableConnectionString;

    public async ValueTask DisposeAsync()
    {
        if (_services.IsValueCreated)
        {
            await (await _services.Value).DisposeAsync();
        }
    }
}
