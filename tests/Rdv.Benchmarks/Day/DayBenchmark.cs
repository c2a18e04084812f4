using Rdv.Benchmarks.Measuring;
using Rdv.Tests.Infrastructure;
using Rdv.Tests.Simulation;
using Shouldly;

namespace Rdv.Benchmarks.Day;

/// <summary>A day of the whole programme, or of a part of it, many times faster than life; and whether its promises were kept.</summary>
internal static class DayBenchmark
{
    /// <returns>1 when a promise was broken, or the machine did not come along.</returns>
    public static async Task<int> RunAsync(double scale, int hours)
    {
        await using var storage = new TableStorage();
        Console.WriteLine(FormattableString.Invariant($"{Machine.Describe()}; a day of {hours} hours, at {scale} of the country."));
        try
        {
            Console.WriteLine(await new NationalDay(storage, scale, hours).RunAsync());
            Console.WriteLine($"All promises kept; {Machine.Load()}");
            return 0;
        }
        catch (ShouldAssertException broken)
        {
            Console.WriteLine($"BROKEN: {broken.Message}");
            return 1;
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine(FormattableString.Invariant($"TOO SLOW: under {NationalDay.LeastTimesFaster} times as fast as life; {Machine.Load()}"));
            return 1;
        }
    }
}
