using System.Collections.Immutable;

namespace Rdv.Tests.Concurrency;

/// <summary>How far the search came: the steps that are done, and what they came to.</summary>
/// <param name="Low">All steps before it are done, or can no longer be.</param>
/// <param name="LatestBegin">Of the steps that are done.</param>
/// <param name="Number">Of the step that was done last.</param>
internal sealed record Configuration(
    Model Model, ImmutableArray<ulong> Done, int Low, int RequiredDone, long LatestBegin, Configuration? Before = null, int Number = -1)
{
    /// <summary>Steps that need not happen, did, and wait for the first that depends on them.</summary>
    public ImmutableList<(int Number, Footprint Footprint)> Waiting { get; init; } = [];

    public static Configuration Of(Model start, int steps) => new(start, [.. new ulong[(steps + 63) / 64]], 0, 0, 0);

    public bool IsDone(int number) => (Done[number / 64] & (1UL << (number % 64))) != 0;

    public Configuration With(int number, Model model, Step[] steps)
    {
        var done = Done.SetItem(number / 64, Done[number / 64] | (1UL << (number % 64)));
        var next = new Configuration(model, done, Low, RequiredDone + (steps[number].Required ? 1 : 0), Math.Max(LatestBegin, steps[number].Begins), this, number);
        var low = Low;
        while (low < steps.Length && (next.IsDone(low) || steps[low].Ends < next.LatestBegin))
        {
            low++;
        }

        return next with { Low = low };
    }

    public IReadOnlyList<(Step Step, Model After)> Order(Step[] steps)
    {
        var order = new List<(Step, Model)>();
        for (var now = this; now.Before is not null; now = now.Before)
        {
            order.Add((steps[now.Number], now.Model));
        }

        order.Reverse();
        return order;
    }

    /// <summary>Equal for configurations from which the same can follow.</summary>
    public string Key() => $"{string.Join('.', Done)}|{Model.Fingerprint()}";
}
