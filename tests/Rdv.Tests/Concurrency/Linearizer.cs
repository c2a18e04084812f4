namespace Rdv.Tests.Concurrency;

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
/// <para>What was not answered would make it explode: any of some tens of steps may have happened, at any time. So a step that need not
/// happen is tried only where what else was tried depends on it, and just before a step that does. And when nothing comes of a configuration,
/// the names on which that depended are known (<see cref="Conflict"/>): a choice that wrote none of them is not made otherwise.
/// LinearizerTests holds all of that against trying every order.</para>
/// </remarks>
internal static class Linearizer
{
    // A history that holds takes about one for each of its steps.
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
        [.. steps.Where(step => step.Begins <= end).Select(step => step.Ends <= end ? step : step with { Required = false, Ends = long.MaxValue })];

    private static Verdict Search(Model start, IEnumerable<Step> unordered)
    {
        // Those are tried first that begin first: what has long to happen, such as a booking whose answer was lost, most often happens at once.
        var steps = unordered.OrderBy(step => step.Begins).ToArray();
        var required = steps.Count(step => step.Required);
        if (required == 0)
        {
            return new Verdict(true, 0, "", []);
        }

        var first = Configuration.Of(start, steps.Length);
        var deepest = first;
        var tries = 1;
        var failed = new Dictionary<string, Conflict>();
        var path = new Stack<Frame>();
        path.Push(new Frame(first, Tried(first, steps), steps));
        while (true)
        {
            var frame = path.Peek();
            if (frame.Next() is not { } next)
            {
                if (frame.Now.Waiting.IsEmpty)
                {
                    failed[frame.Now.Key()] = frame.Conflict;
                }

                path.Pop();
                if (path.Count == 0)
                {
                    return new Verdict(false, tries, $"no order at all: {Tell(deepest, steps)}");
                }

                path.Peek().Learn(frame.Now, frame.Conflict);
                continue;
            }

            if (next.RequiredDone == required)
            {
                return new Verdict(true, tries, "", next.Order(steps));
            }

            if (next.Waiting.IsEmpty && failed.TryGetValue(next.Key(), out var known))
            {
                frame.Learn(next, known);
                continue;
            }

            deepest = next.RequiredDone > deepest.RequiredDone ? next : deepest;
            if (++tries >= MaxTries)
            {
                return new Verdict(null, tries, $"no order in {MaxTries} tries: {Tell(deepest, steps)}");
            }

            // What is tried after a step that waits for another is what was tried beside it.
            path.Push(next.Waiting.IsEmpty
                ? new Frame(next, Tried(next, steps), steps)
                : new Frame(next, [.. frame.Beside.Where(number => !next.IsDone(number) && steps[number].Ends >= next.LatestBegin)], steps, frame));
        }
    }

    /// <summary>The one that ends first, and what depends on it among those that may come before it; what need not happen last.</summary>
    private static List<int> Tried(Configuration now, Step[] steps)
    {
        var (running, first) = Running(now, steps);
        var left = running.Where(number => number != first).Select(number => (Number: number, Footprint: steps[number].Footprint(now.Model))).ToList();
        var tried = new List<(int Number, Footprint Footprint)> { (first, steps[first].Footprint(now.Model)) };
        for (var i = 0; i < tried.Count; i++)
        {
            var (number, footprint) = tried[i];
            bool Depends((int Number, Footprint Footprint) one) => footprint.Meets(one.Footprint) || steps[one.Number].Ends < steps[number].Begins;
            tried.AddRange(left.Where(Depends));
            left.RemoveAll(Depends);
        }

        return [.. tried.Select(one => one.Number).OrderBy(number => (!steps[number].Required, number))];
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
}
