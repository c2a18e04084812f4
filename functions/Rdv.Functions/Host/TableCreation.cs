using Microsoft.Extensions.Hosting;
using NodaTime;
using Rdv.Azure.Tables;
using Rdv.Dispatch;
using Rdv.Messages;

namespace Rdv.Functions.Host;

/// <summary>
/// Makes the table before anything else starts: Data Protection reads its keys from it, and the worker registers that service before ours.
/// In a new one nothing waits, and who asks for health before the first run of a loop is told so.
/// </summary>
internal sealed class TableCreation(RdvTable table, IDispatchControlStore control, IClock clock) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (await table.EnsureExistsAsync(cancellationToken))
        {
            await Task.WhenAll(Enum.GetValues<Channel>().Select(channel =>
                control.WriteAsync(channel, Heartbeat.First(clock.GetCurrentInstant()), cancellationToken)));
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
