using Rdv.Tests.WorkerHost;
using Xunit;

[assembly: AssemblyFixture(typeof(WorkerUnderTest))]

namespace Rdv.Tests.WorkerHost;

/// <summary>One worker for all tests, started by the first that asks.</summary>
public sealed class WorkerUnderTest : IAsyncDisposable
{
    private readonly Lazy<Task<RunningWorker>> _worker = new(() => RunningWorker.StartAsync(CancellationToken.None));

    internal Task<RunningWorker> StartedAsync() => _worker.Value;

    public async ValueTask DisposeAsync()
    {
        if (_worker.IsValueCreated && _worker.Value.IsCompletedSuccessfully)
        {
            await (await _worker.Value).DisposeAsync();
        }
    }
}
