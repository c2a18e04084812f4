using System.Diagnostics;
using System.Globalization;
using Rdv.Benchmarks.Measuring;
using Rdv.Benchmarks.Samples;
using Rdv.Local.ServiceProcesses;

namespace Rdv.Benchmarks.Floor;

/// <summary>What bookings and searches cost, beside the bare storage calls of the same sizes.</summary>
internal static class FloorBenchmark
{
    /// <summary>Shown, and held by nobody: a rate says as much of what else the machine does.</summary>
    private const double Target = 0.8;

    /// <summary>Ours over the floor's, an operation. Requests, entities and bytes are the same, or the case breaks off.</summary>
    private const double Most = 1.5;

    // All days are read into entries, which the floor does not: what is read again two seconds later is mostly what it was.
    private const double MostOfAFirstSearch = 1.8;

    /// <param name="only">How the cases begin that are run; null for all.</param>
    /// <returns>1 when a case costs more than it may.</returns>
    public static async Task<int> RunAsync(int rounds, string? plot, string? only)
    {
        var watch = Stopwatch.StartNew();
        var one = new SampleTerritory("01", 1);
        var forty = new SampleTerritory("38", 40);
        var many = new SampleTerritory("69", 120);
        await using var services = await LocalServices.StartAsync(new LocalServicesOptions { Mail = false });
        await using var tables = await FloorTables.CreateAsync(services, [one, forty, many]);

        Console.WriteLine($"{Machine.Describe()}; {rounds} rounds, ours and floor by turns; medians. cpu and allocated: ours/floor, an operation, this process only.");
        var comparisons = new List<Comparison>();
        foreach (var contest in Contests().Where(contest => contest.Name.StartsWith(only ?? "", StringComparison.Ordinal)))
        {
            var comparison = await contest.RunAsync(rounds);
            Console.WriteLine(comparison);
            comparisons.Add(comparison);
        }

        Console.WriteLine();
        Console.WriteLine("Over the wire, an operation, the same for ours and floor:");
        foreach (var comparison in comparisons.Where(comparison => comparison.Clients == 1))
        {
            Console.WriteLine($"  {comparison.Name}: {comparison.Wire}");
        }

        // For who reads one line: the département of 120 advisors, one client at a time.
        foreach (var (what, name) in new[] { ("book", "book: a named advisor"), ("search", "search: 7 days, 120 advisors") })
        {
            comparisons.FindAll(comparison => comparison.Name == name && comparison.Clients == 1).ForEach(comparison => Console.WriteLine(Summary(what, comparison)));
        }

        Console.WriteLine($"{Machine.Load()}; {watch.Elapsed.TotalSeconds:F0} s in all.");
        if (plot is not null)
        {
            await File.WriteAllTextAsync(plot, FloorPlot.Draw(comparisons, Target));
        }

        var over = comparisons.FindAll(comparison => Math.Max(comparison.Cpu, comparison.Allocated) > MostOf(comparison));
        over.ForEach(comparison => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"TOO MUCH: {comparison.Name}, {comparison.Clients} at once: cpu {comparison.Cpu:F2}, allocated {comparison.Allocated:F2} times the floor's, {MostOf(comparison):F1} allowed.")));
        return over.Count == 0 ? 0 : 1;

        static double MostOf(Comparison comparison) =>
            comparison.Name.StartsWith(SearchContest.First, StringComparison.Ordinal) ? MostOfAFirstSearch : Most;

        static string Summary(string what, Comparison comparison) => string.Create(
            CultureInfo.InvariantCulture, $"{what}: ours={comparison.Ours:F0} floor={comparison.Floor:F0} ratio={comparison.Ratio:F2}");

        IEnumerable<Contest> Contests() =>
        [
            new BookingContest(tables, many, any: false, clients: 1, operations: 60),
            new BookingContest(tables, many, any: false, clients: 8, operations: 15),
            new BookingContest(tables, forty, any: true, clients: 1, operations: 24),
            new BookingContest(tables, forty, any: true, clients: 8, operations: 4),
            new BookingContest(tables, many, any: true, clients: 1, operations: 16),
            new BookingContest(tables, many, any: true, clients: 8, operations: 3),
            new SearchContest(tables, one, days: 7, clients: 1, operations: 100),
            new SearchContest(tables, one, days: 7, clients: 8, operations: 16),
            new SearchContest(tables, forty, days: 7, clients: 1, operations: 40),
            new SearchContest(tables, forty, days: 7, clients: 8, operations: 6),
            new SearchContest(tables, many, days: 7, clients: 1, operations: 40),
            new SearchContest(tables, many, days: 7, clients: 8, operations: 4),
            new SearchContest(tables, many, days: 28, clients: 1, operations: 15),
            new SearchContest(tables, many, days: 28, clients: 8, operations: 3),
            new SearchContest(tables, many, days: 7, clients: 1, operations: 40, first: true),
        ];
    }
}
