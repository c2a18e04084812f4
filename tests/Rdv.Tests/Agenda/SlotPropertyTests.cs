using CsCheck;
using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Agenda;

/// <summary>The grid of machine words against a finder that looks at every minute of the day.</summary>
public sealed class SlotPropertyTests
{
    private const int MinutesADay = 24 * 60;

    private static readonly Gen<(int From, int To)> Interval =
        Gen.Select(Gen.Int[0, DayGrid.Cells], Gen.Int[0, DayGrid.Cells]).Select((a, b) => (Math.Min(a, b), Math.Max(a, b)));

    private static readonly Gen<DayGrid> Grid = Interval.Array[0, 8].Select(Union);

    [Fact]
    public void Slots_are_those_that_a_look_at_every_minute_finds() =>
        Gen.Select(
                Gen.Select(Gen.Int[0, DayGrid.Cells - 1], Gen.Int[1, DayGrid.Cells]).Select((from, length) => (From: from, To: Math.Min(DayGrid.Cells, from + length))),
                Of(5, 10, 15, 20, 30, 45, 60),
                Of(5, 30, 45, 60, 120, 320, 325, 640),
                Grid,
                Grid)
            .Sample((open, step, minutes, closed, busy) =>
            {
                var period = Period(open.From, open.To, step);
                var found = Cells(DayOffer.Starts(period, ~closed, busy, minutes / DayGrid.MinutesPerCell));
                var free = Minutes(open.From, open.To, closed, busy);
                var expected = new List<int>();
                for (var minute = open.From * 5; minute < open.To * 5; minute += step)
                {
                    if (minute + minutes <= MinutesADay && free.AsSpan(minute, minutes).IndexOf(false) < 0)
                    {
                        expected.Add(minute / 5);
                    }
                }

                found.ShouldBe(expected);
            }, iter: 20_000);

    [Fact]
    public void Operations_on_grids_are_operations_on_sets() =>
        Gen.Select(Grid, Grid).Sample((a, b) =>
        {
            var (left, right) = (Cells(a).ToHashSet(), Cells(b).ToHashSet());
            Cells(a & b).ShouldBe(left.Intersect(right).Order());
            Cells(a | b).ShouldBe(left.Union(right).Order());
            Cells(~a).ShouldBe(Enumerable.Range(0, DayGrid.Cells).Except(left));
            a.Count.ShouldBe(left.Count);
            a.IsEmpty.ShouldBe(left.Count == 0);
            a.ContainsAll(b).ShouldBe(right.IsSubsetOf(left));
            Enumerable.Range(-1, DayGrid.Cells + 2).Where(a.Contains).ShouldBe(left.Order());
        }, iter: 2_000);

    [Fact]
    public void Fitting_never_reaches_over_midnight()
    {
        var day = DayGrid.Range(0, DayGrid.Cells);
        for (var length = 1; length <= DayGrid.Cells; length++)
        {
            Cells(day.Fit(length)).ShouldBe(Enumerable.Range(0, DayGrid.Cells - length + 1));
        }

        day.Fit(DayGrid.Cells + 1).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void A_cell_is_a_wall_time_and_back()
    {
        for (var cell = 0; cell < DayGrid.Cells; cell++)
        {
            DayGrid.CellOf(DayGrid.TimeOf(cell)).ShouldBe(cell);
            DayGrid.IsOnGrid(DayGrid.TimeOf(cell)).ShouldBeTrue();
            DayGrid.IsOnGrid(DayGrid.TimeOf(cell).PlusSeconds(1)).ShouldBeFalse();
        }
    }

    private static bool[] Minutes(int from, int to, DayGrid closed, DayGrid busy) =>
        [.. Enumerable.Range(0, MinutesADay).Select(minute => minute / 5 is var cell && cell >= from && cell < to && !closed.Contains(cell) && !busy.Contains(cell))];

    private static OpenPeriod Period(int from, int to, int step) => new AdvisorRules(
        new Advisor(
            new AdvisorId("a1"), new StructureId("s1"), "Conseiller", null, null, [],
            [new OpeningHours([1], DayGrid.TimeOf(from), to == DayGrid.Cells ? LocalTime.Midnight : DayGrid.TimeOf(to), new PlaceId("p1"))]),
        new Structure(new StructureId("s1"), "Structure", SlotStepMinutes: step)).On(IsoDayOfWeek.Monday)[0];

    private static Gen<int> Of(params int[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static DayGrid Union((int From, int To)[] intervals) =>
        intervals.Aggregate(default(DayGrid), (grid, interval) => grid | DayGrid.Range(interval.From, interval.To));

    private static List<int> Cells(DayGrid grid)
    {
        var cells = new List<int>();
        for (var cell = grid.Next(0); cell >= 0; cell = grid.Next(cell + 1))
        {
            cells.Add(cell);
        }

        return cells;
    }
}
