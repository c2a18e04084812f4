using System.Diagnostics;

namespace Rdv.Benchmarks.Measuring;

/// <summary>One round of one side.</summary>
/// <param name="Seconds">Wall time of the round.</param>
/// <param name="CpuSeconds">Processor time of this whole process, its garbage collector included; the emulator is another process.</param>
internal readonly record struct Sample(int Operations, double Seconds, double CpuSeconds, double AllocatedBytes)
{
    public double PerSecond => Operations / Seconds;

    public double CpuMicroseconds => CpuSeconds * 1e6 / Operations;

    public double Bytes => AllocatedBytes / Operations;

    /// <summary>Runs the clients at once, each its operations one after the other.</summary>
    public static async Task<Sample> TakeAsync(int clients, int operations, Func<int, int, Task> operation)
    {
        GC.Collect();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            for (var number = 0; number < operations; number++)
            {
                await operation(client, number);
            }
        })));
        return new Sample(
            clients * operations,
            watch.Elapsed.TotalSeconds,
            (Environment.CpuUsage.TotalTime - cpu).TotalSeconds,
            GC.GetTotalAllocatedBytes(precise: true) - bytes);
    }
}
