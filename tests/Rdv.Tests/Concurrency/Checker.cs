namespace Rdv.Tests.Concurrency;

/// <param name="Violations">What is wrong; nothing when nothing was found.</param>
/// <param name="Undecided">How far the search for an order came before it gave up; the other checks stand. Null when it did not.</param>
internal sealed record Checked(IReadOnlyList<string> Violations, string? Undecided, int Tries);

/// <summary>Holds a history, and what is stored at its end, against the model.</summary>
internal static class Checker
{
    /// <param name="staleness">How old a search of the whole territory may be, in the ticks of the calls.</param>
    /// <param name="explain">Whether to look for the first answer that is wrong, which takes its time.</param>
    public static Checked Check(Model start, IReadOnlyList<Call> calls, Stored stored, long staleness = 0, bool explain = true)
    {
        var (steps, violations) = Steps.Of(calls, stored, staleness > 0);
        var verdict = Linearizer.Run(start, steps, explain);
        return new Checked(
            [
                .. violations,
                .. verdict.Holds == false ? [verdict.Told] : Array.Empty<string>(),
                .. verdict.Order is { } order && staleness > 0 ? RecentSearches.Check(
                    start, order, [.. steps.Except(order.Select(step => step.Step))], calls, staleness) : [],
            ],
            verdict.Holds is null ? verdict.Told : null,
            verdict.Tries);
    }
}
