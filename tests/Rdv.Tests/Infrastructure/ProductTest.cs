using NodaTime;

namespace Rdv.Tests.Infrastructure;

/// <summary>A test of the product without HTTP, in a world of its own. What it starts ends with it.</summary>
public abstract class ProductTest(TableStorage storage) : IAsyncDisposable
{
    private readonly List<World> _worlds = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var world in _worlds)
        {
            await world.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>A world, and a process of the product in it.</summary>
    private protected async Task<(World World, Product Product)> StartAsync(
        int advisors = 1, string territory = "69", Instant? now = null, int fromHour = 8, int toHour = 20, Dictionary<string, string?>? settings = null)
    {
        var world = await World.CreateAsync(storage, advisors, territory, now, fromHour, toHour);
        _worlds.Add(world);
        return (world, world.Start(settings: settings));
    }
}
