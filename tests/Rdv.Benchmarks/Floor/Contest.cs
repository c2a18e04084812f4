using System.Diagnostics;
using Rdv.Benchmarks.Measuring;
using Rdv.Benchmarks.Storage;

namespace Rdv.Benchmarks.Floor;

/// <summary>One case: what the product does, and the bare calls that it cannot do without.</summary>
internal abstract class Contest(string name, int clients, int operations)
{
    private const int Counted = 2;
    private const int MinRounds = 3;

    // Fourteen cases stay under three minutes, on a busy machine too.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(7);

    public string Name => name;

    protected int Clients => clients;

    protected int Operations => operations;

    /// <summary>Round 0 is not measured: it compiles, connects, and compares what goes over the wire.</summary>
    public async Task<Comparison> RunAsync(int rounds)
    {
        await PrepareAsync(0);
        var wire = await CountAsync();

        for (var warm = 0; warm < WarmRounds; warm++)
        {
            await Sample.TakeAsync(clients, operations - Counted, (client, number) => OursAsync(client, number + Counted));
            await Sample.TakeAsync(clients, operations - Counted, (client, number) => FloorAsync(client, number + Counted));
        }

        var taken = new List<(Sample, Sample)>();
        var watch = Stopwatch.StartNew();
        for (var round = 1; round <= rounds && (round <= MinRounds || watch.Elapsed < Budget); round++)
        {
            await PrepareAsync(round);

            // Who goes first changes, since the emulator's own garbage falls on who comes next.
            if (round % 2 == 1)
            {
                var ours = await Sample.TakeAsync(clients, operations, OursAsync);
                taken.Add((ours, await Sample.TakeAsync(clients, operations, FloorAsync)));
            }
            else
            {
                var floor = await Sample.TakeAsync(clients, operations, FloorAsync);
                taken.Add((await Sample.TakeAsync(clients, operations, OursAsync), floor));
            }
        }

        return new Comparison(name, clients, taken, wire);
    }

    /// <summary>What is done once only can be done once only; what can be repeated is, until the compiler is done with it.</summary>
    protected virtual int WarmRounds => 1;

    protected abstract Task PrepareAsync(int round);

    protected abstract Task OursAsync(int client, int number);

    protected abstract Task FloorAsync(int client, int number);

    protected abstract WireCounter OursCounter { get; }

    protected abstract WireCounter FloorCounter { get; }

    // The second operation, since the first reads the directory.
    private async Task<Wire> CountAsync()
    {
        await OursAsync(0, 0);
        await FloorAsync(0, 0);
        var ours = await OursCounter.CountAsync(() => OursAsync(0, 1));
        var floor = await FloorCounter.CountAsync(() => FloorAsync(0, 1));
        return ours == floor
            ? ours
            : throw new InvalidOperationException($"{name}: the floor is not of the same size. Ours: {ours}. Floor: {floor}.");
    }
}
