namespace Rdv.Tests.Concurrency;

/// <summary>What a step reads and writes of the model, by name: two steps that share nothing written may change places.</summary>
internal sealed record Footprint(IReadOnlyCollection<string> Reads, IReadOnlyCollection<string> Writes)
{
    public static readonly Footprint Everything = new([], ["*"]);

    public bool Meets(Footprint other) =>
        this == Everything || other == Everything
        || Writes.Any(name => other.Writes.Contains(name) || other.Reads.Contains(name)) || Reads.Any(other.Writes.Contains);
}

/// <summary>One thing that happened at one instant between two others, as far as anyone can tell.</summary>
/// <param name="Ends"><see cref="long.MaxValue"/> when it was not answered: it may happen at any time after <paramref name="Begins"/>.</param>
/// <param name="Required">False when it may not have happened at all.</param>
/// <param name="Apply">The models that it may lead to: none when it cannot happen now.</param>
internal sealed record Step(
    string Told, long Begins, long Ends, bool Required, Func<Model, IEnumerable<Model>> Apply, Func<Model, Footprint> Footprint);

/// <param name="Holds">Whether there is an order; null when the search gave up.</param>
/// <param name="Told">Otherwise: how far the longest try came, and what could not come next.</param>
/// <param name="Tries">How many configurations were looked at.</param>
/// <param name="Order">The steps that took place, and the model after each; null when there is no order.</param>
internal sealed record Verdict(bool? Holds, int Tries, string Told, IReadOnlyList<(Step Step, Model After)>? Order = null);

/// <summary>
/// Looks for an order of the steps, each at one instant of its interval, in which every answer is what the model answers: the search of
/// Wing and Gong (Testing and verifying concurrent objects, 1993), with the memory of Lowe (Testing for linearizability, 2017).
/// </summary>
/// <remarks>
/// The territory is one object, since a move spans two days and a search many. What makes that cheap: at each point only the steps that
/// depend on the one that ends first, directly or through others, are tried (a persistent set, Godefroid 1996). This is sound because
/// everything that may come before the one that ends first is running at that point, and what is independent of all of them can be put off.
/// </remarks>
internal static class Linearizer
{
    // A history that holds takes some hundreds.
    private const int MaxTries = 20_000;

    public static Verdict Run(Model start, IReadOnlyCollection<Step> steps, bool explain = true)
    {
        var verdict = Search(start, steps);
        if (verdict.Holds == true || !explain)
        {
            return verdict;
        }

        // Told by the first answer that cannot be explained: what came after it has no say. It decides where the whole was too much.
        var ends = steps.Where(step => step.Required).Select(step => step.Ends).Distinct().Order().ToArray();
        var (right, wrong) = (-1, ends.Length - 1);
        while (wrong - right > 1)
        {
            var middle = (right + wrong) / 2;
            var until = Search(start, Until(steps, ends[middle]));
            (right, wrong, verdict) = until.Holds == true ? (middle, wrong, verdict) : (right, middle, until);
        }

        var last = string.Join("\n  ", steps.Where(step => step.Required && step.Ends == ends[wrong]).Select(step => step.Told));
        return verdict with { Told = $"no order explains\n  {last}\n  {verdict.Told}" };
    }

    /// <summary>What had begun by then; what had not ended may have happened.</summary>
    private static IReadOnlyCollection<Step> Until(IEnumerable<Step> steps, long end) =>
        [.. steps.Where(step => step.Begins <= end).Select(step => step.Ends <= end ? step : step with { Required = false })];

    private static Verdict Search(Model start, IEnumerable<Step> unordered)
    {
        var steps = unordered.OrderBy(step => step.Begins).ToArray();
        var first = new Configuration(start, new ulong[(steps.Length + 63) / 64], 0, 0, 0);
        var required = steps.Count(step => step.Required);
        if (required == 0)
        {
            return new Verdict(true, 0, "", []);
        }

        var deepest = first;
        var seen = new HashSet<string>();
        var path = new Stack<IEnumerator<Configuration>>();
        path.Push(Next(first, steps).GetEnumerator());
        while (path.Count > 0)
        {
            if (!path.Peek().MoveNext())
            {
                path.Pop().Dispose();
                continue;
            }

            var next = path.Peek().Current;
            if (next.RequiredDone == required)
            {
                return new Verdict(true, seen.Count, "", next.Order(steps));
            }

            if (!seen.Add(next.Key()))
            {
                continue;
            }

            deepest = next.RequiredDone > deepest.RequiredDone ? next : deepest;
            if (seen.Count >= MaxTries)
            {
                return new Verdict(null, seen.Count, $"no order in {MaxTries} tries: {Tell(deepest, steps)}");
            }

            path.Push(Next(next, steps).GetEnumerator());
        }

        return new Verdict(false, seen.Count, $"no order at all: {Tell(deepest, steps)}");
    }

    private static IEnumerable<Configuration> Next(Configuration now, Step[] steps)
    {
        foreach (var number in Tried(now, steps))
        {
            foreach (var model in steps[number].Apply(now.Model))
            {
                yield return now.With(number, model, steps);
            }
        }
    }

    /// <summary>The one that ends first, and what depends on it among those that may come before it.</summary>
    private static List<int> Tried(Configuration now, Step[] steps)
    {
        var (running, first) = Running(now, steps);
        var footprints = running.ToDictionary(number => number, number => steps[number].Footprint(now.Model));
        var tried = new List<int> { first };
        for (var i = 0; i < tried.Count; i++)
        {
            var footprint = footprints[tried[i]];
            var begins = steps[tried[i]].Begins;
            tried.AddRange(running.Where(number => !tried.Contains(number) && (footprint.Meets(footprints[number]) || steps[number].Ends < begins)).ToList());
        }

        return [.. tried.OrderBy(number => (steps[number].Ends, !steps[number].Required, steps[number].Begins))];
    }

    private static (List<int> Running, int First) Running(Configuration now, Step[] steps)
    {
        var running = new List<int>();
        var first = -1;
        for (var number = now.Low; number < steps.Length; number++)
        {
            // What did not happen before something that began after its end did not happen at all.
            if (now.IsDone(number) || steps[number].Ends < now.LatestBegin)
            {
                continue;
            }

            if (first >= 0 && steps[number].Begins > steps[first].Ends)
            {
                break;
            }

            running.Add(number);
            if (steps[number].Required && (first < 0 || steps[number].Ends < steps[first].Ends))
            {
                first = number;
            }
        }

        // Those that were added before the one that ends first was known may begin after it.
        running.RemoveAll(number => steps[number].Begins > steps[first].Ends);
        return (running, first);
    }

    private static string Tell(Configuration deepest, Step[] steps) =>
        $"{deepest.RequiredDone} steps came in order, then none of:\n    "
        + string.Join("\n    ", Tried(deepest, steps).Select(number => steps[number].Told))
        + "\n  with\n    " + deepest.Model.Fingerprint();

    /// <param name="LatestBegin">Of the steps that are done.</param>
    private sealed record Configuration(
        Model Model, ulong[] Done, int Low, int RequiredDone, long LatestBegin, Configuration? Before = null, int Number = -1)
    {
        public bool IsDone(int number) => (Done[number / 64] & (1UL << (number % 64))) != 0;

        public Configuration With(int number, Model model, Step[] steps)
        {
            var done = (ulong[])Done.Clone();
            done[number / 64] |= 1UL << (number % 64);
            var next = new Configuration(model, done, Low, RequiredDone + (steps[number].Required ? 1 : 0), Math.Max(LatestBegin, steps[number].Begins), this, number);
            var low = Low;
            while (low < steps.Length && (next.IsDone(low) || steps[low].Ends < next.LatestBegin))
            {
                low++;
            }

            return next with { Low = low };
        }

        public List<(Step Step, Model After)> Order(Step[] steps)
        {
            var order = new List<(Step, Model)>();
            for (var now = this; now.Before is not null; now = now.Before)
            {
                order.Add((steps[now.Number], now.Model));
            }

            order.Reverse();
            return order;
        }

        public string Key() => $"{string.Join('.', Done)}|{Model.Fingerprint()}";
    }
}
