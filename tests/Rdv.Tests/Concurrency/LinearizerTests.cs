using NodaTime;
using Rdv.Appointments;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Concurrency;

/// <summary>What the search leaves out makes no difference: it finds an order wherever trying all of them does.</summary>
public sealed class LinearizerTests
{
    private const int Registers = 3;
    private const int Values = 3;

    [Fact]
    public void The_search_finds_an_order_wherever_there_is_one()
    {
        var random = new Random(20261127);
        var (right, wrong) = (0, 0);
        for (var i = 0; i < 4_000; i++)
        {
            var steps = Enumerable.Range(0, random.Next(2, 8)).Select(_ => AnyStep(random)).ToList();
            var expected = TryAll(Zeros(), steps, [], 0);
            Linearizer.Run(Zeros(), steps, explain: false).Holds.ShouldBe(expected, string.Join('\n', steps.Select(step => step.Told)));
            (right, wrong) = expected ? (right + 1, wrong) : (right, wrong + 1);
        }

        // Some of either, or it would prove nothing.
        Math.Min(right, wrong).ShouldBeGreaterThan(500);
    }

    private static bool TryAll(Model model, IReadOnlyList<Step> steps, HashSet<Step> done, long latestBegin)
    {
        var left = steps.Where(step => !done.Contains(step)).ToList();
        return !left.Exists(step => step.Required) || left.Exists(step =>
            step.Ends >= latestBegin
            && !left.Exists(other => other.Required && other.Ends < step.Begins)
            && step.Apply(model).Any(next => TryAll(next, steps, [.. done, step], Math.Max(latestBegin, step.Begins))));
    }

    private static Step AnyStep(Random random)
    {
        var (one, other, read, written) = ($"r{random.Next(Registers)}", $"r{random.Next(Registers)}", random.Next(Values), random.Next(Values));
        var required = random.Next(3) > 0;
        var begins = random.Next(12);
        var ends = random.Next(required ? 5 : 2) == 0 ? long.MaxValue : begins + random.Next(10);
        Step Of(string told, Func<Model, IEnumerable<Model>> apply, IReadOnlyList<Name> reads, IReadOnlyList<Name> writes) =>
            new($"[{begins}..{ends}] {(required ? "" : "perhaps ")}{told}", begins, ends, required, apply, _ => new Footprint(reads, writes));
        return random.Next(5) switch
        {
            0 => Of($"{one} is {read}", model => Read(model, one) == read ? [model] : [], [Names.Rdv(one)], []),
            1 => Of($"{one} becomes {written}", model => [Write(model, one, written)], [], [Names.Rdv(one)]),
            2 => Of($"{one} becomes {read} or {written}", model => [Write(model, one, read), Write(model, one, written)], [], [Names.Rdv(one)]),
            3 => Of($"{one} becomes {written} from {read}", model => Read(model, one) == read ? [Write(model, one, written)] : [], [], [Names.Rdv(one)]),
            _ => Of($"{one} becomes {other}, which is {read}", model => Read(model, other) == read ? [Write(model, one, read)] : [], [Names.Rdv(other)], [Names.Rdv(one)]),
        };
    }

    private static Model Zeros() => Enumerable.Range(0, Registers).Aggregate(Model.Of(1, default, default), (model, number) => Write(model, $"r{number}", 0));

    private static int Read(Model model, string register) => model.Appointments[register].Version;

    private static Model Write(Model model, string register, int value) =>
        model.Appointments.TryGetValue(register, out var now) && now.Version == value
            ? model
            : model.Put(new View(register, AppointmentStatus.Booked, value, "a1", default(LocalDateTime), Workshop: "w"));
}
