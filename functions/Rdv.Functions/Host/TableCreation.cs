using Microsoft.Extensions.Hosting;
using Rdv.Azure.Tables;

namespace Rdv.Functions.Host;

/// <summary>
/// Makes the table before anything else starts: Data Protection reads its keys from it, and the worker registers that service before ours.
/// </summary>
internal sealed class TableCreation(RdvTable table) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => table.EnsureExistsAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
