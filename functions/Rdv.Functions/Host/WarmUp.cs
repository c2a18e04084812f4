using Microsoft.Extensions.Hosting;
using Rdv.Directory;

namespace Rdv.Functions.Host;

/// <summary>Builds the index of the communes beside the start, so that the first person who types does not wait for it.</summary>
internal sealed class WarmUp : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(
        () =>
        {
            Communes.Search("a");
            Communes.WithPostcode("75001");
        },
        stoppingToken);
}
