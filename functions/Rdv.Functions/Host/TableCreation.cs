using Microsoft.Extensions.Hosting;
using Rdv.Azure.Tables;

namespace Rdv.Functions.Host;

/// <summary>Makes the table before the first request.</summary>
internal sealed class TableCreation(RdvTable table) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => table.EnsureExistsAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
