using Microsoft.Extensions.Hosting;
using Rdv.Directory;

namespace Rdv.Functions.Host;

/// <summary>Builds the indices of the communes beside the start, so that the first person who types does not wait for it.</summary>
internal sealed class WarmUp : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(Communes.Load, stoppingToken);
}
