using Rdv.Tests.Infrastructure;

namespace Rdv.Tests.Concurrency;

/// <summary>Two instances behind one address, as Azure scales out; one that dies is replaced.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    public const int Size = 2;

    private readonly World _world;
    private readonly Random _random;
    private readonly Commits _commits;
    private readonly Func<string, string>? _rewrite;
    private readonly Lock _gate = new();
    private readonly Task<Instance>[] _running = new Task<Instance>[Size];
    private readonly List<Task<Instance>> _all = [];

    private Cluster(World world, Random random, Commits commits, Func<string, string>? rewrite)
    {
        _world = world;
        _random = random;
        _commits = commits;
        _rewrite = rewrite;
    }

    public int Kills => _all.Count - Size;

    public static async Task<Cluster> StartAsync(World world, Random random, Commits commits, Func<string, string>? rewrite)
    {
        var cluster = new Cluster(world, random, commits, rewrite);
        for (var place = 0; place < Size; place++)
        {
            await cluster.StartAsync(place);
        }

        return cluster;
    }

    public async Task<Instance> AtAsync(int place)
    {
        Task<Instance> running;
        lock (_gate)
        {
            running = _running[place];
            if (running is { IsCompletedSuccessfully: true, Result.IsDead: true })
            {
                running = StartAsync(place);
            }
        }

        return await running;
    }

    /// <returns>The faults that were injected.</returns>
    public async Task<int> StopAsync()
    {
        var faults = 0;
        foreach (var starting in _all)
        {
            var instance = await starting;
            faults += instance.Faults.Injected;
            await instance.DisposeAsync();
        }

        return faults;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private Task<Instance> StartAsync(int place)
    {
        var kill = new KillSwitch(_random.Next(100, 500));
        _running[place] = Instance.StartAsync(_world, kill, new Faults(new Random(_random.Next())), new Providers(_world, kill, new Random(_random.Next())), _commits, _rewrite);
        _all.Add(_running[place]);
        return _running[place];
    }
}
