using System.Diagnostics;
using NodaTime;
using Rdv.Agenda;
using Rdv.Benchmarks.Measuring;
using Rdv.Benchmarks.Samples;

namespace Rdv.Benchmarks.Slots;

/// <summary>Computing the free slots of 28 days, without storage.</summary>
internal static class SlotsBenchmark
{
    private const int Days = 28;
    private const int Rounds = 15;
    private const double TargetNanoseconds = 2000;

    // What a search may allocate beside its result, whatever the number of advisors.
    private const long TargetBytes = 2048;

    /// <returns>1 when a target is missed.</returns>
    public static int Run()
    {
        Console.WriteLine($"{Machine.Describe()}; {Days} days, half booked; median of {Rounds} rounds.");
        var good = true;
        foreach (var advisors in new[] { 1, 40, 120 })
        {
            good &= Run(advisors);
        }

        return good ? 0 : 1;
    }

    private static bool Run(int advisors)
    {
        var sample = new SampleTerritory("69", advisors);
        var directory = sample.ToDirectory();
        var to = FixedTime.Today.PlusDays(Days - 1).ToYearMonth();
        var months = sample.Months()
            .Where(month => month.Month.CompareTo(to) <= 0)
            .ToList();
        var query = new SlotQuery(SampleTerritory.Topic, 60, FixedTime.Today, Days, FixedTime.Today.At(new LocalTime(10, 0)));

        // Long enough for the compiler's last tier; then as many searches a round as take some 50 ms.
        var watch = Stopwatch.StartNew();
        var warm = 0;
        for (; watch.ElapsedMilliseconds < 1500; warm++)
        {
            Find();
        }

        var repeats = Math.Max(1, warm / 30);
        var nanoseconds = Enumerable.Range(0, Rounds).Select(_ => Time()).Median() / (advisors * Days);

        var slots = new List<Slot>();
        var all = Allocated(() => slots = Find());
        var result = Allocated(() => Copy(slots));
        Console.WriteLine(
            $"{advisors,4} advisor{(advisors == 1 ? "" : "s")}: {nanoseconds,6:F0} ns an advisor-day, {nanoseconds * advisors * Days / 1000,7:F0} µs in all; "
            + $"{slots.Count} slots; {all} bytes allocated, {result} by the result, {all - result} beside it");
        return nanoseconds < TargetNanoseconds && all - result <= TargetBytes;

        List<Slot> Find() => new SlotFinder(directory, months, FixedTime.Now).Find(query);

        double Time()
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < repeats; i++)
            {
                Find();
            }

            return Stopwatch.GetElapsedTime(start).TotalNanoseconds / repeats;
        }
    }

    /// <summary>A list that grows to the same slots: what the result itself takes.</summary>
    private static List<Slot> Copy(List<Slot> slots)
    {
        var copy = new List<Slot>();
        foreach (var slot in slots)
        {
            copy.Add(slot with { });
        }

        return copy;
    }

    private static long Allocated(Func<object> action)
    {
        action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
