using Rdv.Load;
using Rdv.Pages.Structures;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Load;

public sealed class DisclosedTests
{
    [Fact]
    public void A_figure_from_fewer_than_five_people_is_none()
    {
        var (whole, lines) = Of((40, 20, 9), (4, 4, 0), (3, 2, 0), (0, 0, 0));
        lines.Select(line => line.Booked).ShouldBe([40, null, null, null]);
        lines.Select(line => line.BookedMinutes).ShouldBe([2400, null, null, null]);
        lines.Select(line => line.FreeMinutes is null).ShouldBe([false, true, true, true]);
        lines.Select(line => line.Occupancy is null).ShouldBe([false, true, true, true]);
        (whole.Booked, whole.Kept, whole.Missed).ShouldBe((47, 26, 9));
    }

    [Fact]
    public void The_one_that_is_hidden_is_not_the_whole_less_the_others()
    {
        var (whole, lines) = Of((40, 0, 0), (12, 0, 0), (3, 0, 0));
        whole.Booked.ShouldBe(55);
        lines.Select(line => line.Booked).ShouldBe([40, null, null]);
    }

    [Fact]
    public void Two_that_are_hidden_do_not_come_to_fewer_than_five_either()
    {
        Of((40, 0, 0), (12, 0, 0), (2, 0, 0), (1, 0, 0)).Lines.Select(line => line.Booked).ShouldBe([40, null, null, null]);
        Of((40, 0, 0), (12, 0, 0), (2, 0, 0), (3, 0, 0)).Lines.Select(line => line.Booked).ShouldBe([40, 12, null, null]);
    }

    [Fact]
    public void Those_who_came_are_not_told_beside_those_who_were_booked_when_two_did_not()
    {
        var (whole, lines) = Of((40, 38, 2), (30, 20, 10));
        (lines[0].Booked, lines[0].Kept, lines[0].Missed).ShouldBe((40, null, null));
        (whole.Booked, whole.Missed).ShouldBe((70, 12));

        // The whole less the other line would tell it.
        (lines[1].Kept is null || whole.Kept is null).ShouldBeTrue();
        (lines[1].Missed is null || whole.Missed is null).ShouldBeTrue();
    }

    [Fact]
    public void A_structure_where_nobody_was_hides_nobody_elses_figure()
    {
        var (whole, lines) = Of((6, 6, 0), (0, 0, 0));
        (whole.Booked, lines[0].Booked, lines[1].Booked).ShouldBe((6, 6, null));
    }

    [Fact]
    public void What_was_asked_in_vain_is_told_by_commune_for_five_people_or_more_and_the_rest_is_not_fewer()
    {
        UnmetLine[] lines = [new("Bron", "internet", 12), new("Lyon", "internet", 6), new("Bron", "courriels", 2), new(null, "internet", 1)];
        UnmetRow.Of(lines, fewest: 5).Select(row => (row.Commune, row.Count)).ShouldBe([("Bron", 12), ("Autres", 9)]);
        UnmetRow.Of(lines[..2], fewest: 5).Select(row => (row.Commune, row.Count)).ShouldBe([("Bron", 12), ("Lyon", 6)]);
        UnmetRow.Of([new("Bron", "internet", 4)], fewest: 5).ShouldBeEmpty();
        UnmetRow.Of(lines, fewest: 1).Select(row => row.Count).ShouldBe([12, 6, 2, 1]);
    }

    /// <summary>Of any figures: what is left of a whole that is told is nobody, or five people or more of whom no two lines are one.</summary>
    [Fact]
    public void Whatever_the_figures_are_nothing_below_five_can_be_told_by_subtraction()
    {
        var random = new Random(23);
        for (var round = 0; round < 3_000; round++)
        {
            var input = Enumerable.Range(0, random.Next(1, 7)).Select(_ => Line(random)).ToArray();
            var (whole, lines) = Of(input);
            foreach (var measure in new Func<Disclosed, int?>[] { one => one.Booked, one => one.Kept, one => one.Missed })
            {
                lines.Append(whole).Select(measure).ShouldAllBe(figure => figure == null || figure >= 5);
                if (measure(whole) is { } total && lines.Any(line => measure(line) is null))
                {
                    var rest = total - lines.Sum(line => measure(line) ?? 0);
                    (rest == 0 || rest >= 5).ShouldBeTrue($"round {round}: {rest} of {total}");
                }
            }

            foreach (var line in lines.Append(whole).Where(line => line.Booked is not null))
            {
                // Whoever was hidden for being few is not the difference of two that are told.
                if (line is { Kept: { } kept, Missed: null })
                {
                    (line.Booked!.Value - kept).ShouldNotBeInRange(1, 4, $"round {round}");
                }

                if (line is { Missed: { } missed, Kept: null })
                {
                    (line.Booked!.Value - missed).ShouldNotBeInRange(1, 4, $"round {round}");
                }
            }
        }

        static (int, int, int) Line(Random random)
        {
            var booked = random.Next(3) == 0 ? random.Next(6) : random.Next(60);
            var missed = random.Next(Math.Min(booked, 9) + 1);
            return (booked, booked - missed, missed);
        }
    }

    private static (Disclosed Whole, IReadOnlyList<Disclosed> Lines) Of(params (int Booked, int Kept, int Missed)[] lines)
    {
        var counts = lines.Select(line => (new LoadCounts(10_000, 60 * line.Booked, line.Booked, line.Kept, line.Missed, 0, 0), 0)).ToList();
        return Disclosed.Of((counts.Aggregate(default(LoadCounts), (sum, line) => sum + line.Item1), 0), counts);
    }
}
