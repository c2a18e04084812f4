using CsCheck;
using NodaTime;
using Rdv.Directory;
using Rdv.Ids;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Directory;

public sealed class OpeningHoursRulesTests
{
    private static readonly LocalDate Monday = new(2026, 11, 23);

    [Fact]
    public void Periods_that_touch_do_not_overlap() =>
        OpeningHoursRules.Overlaps([Hours([1], 9, 12), Hours([1], 12, 14)]).ShouldBeNull();

    [Fact]
    public void The_pair_is_returned()
    {
        var pair = (Hours([1, 2], 9, 12), Hours([2], 11, 13));
        OpeningHoursRules.Overlaps([Hours([5], 9, 12), pair.Item1, pair.Item2]).ShouldBe(pair);
    }

    [Fact]
    public void Every_other_week_overlaps_only_in_its_own_weeks()
    {
        var even = Hours([1], 9, 12) with { EveryWeeks = 2, StartsOn = Monday };
        OpeningHoursRules.Overlaps([even, even with { StartsOn = Monday.PlusWeeks(1) }]).ShouldBeNull();
        OpeningHoursRules.Overlaps([even, even with { StartsOn = Monday.PlusWeeks(2) }]).ShouldNotBeNull();
        OpeningHoursRules.Overlaps([even, even with { EveryWeeks = 3, StartsOn = Monday.PlusWeeks(1) }]).ShouldNotBeNull();
        OpeningHoursRules.Overlaps([even, even with { EveryWeeks = 4, StartsOn = Monday.PlusWeeks(3) }]).ShouldBeNull();
        OpeningHoursRules.Overlaps([even, Hours([1], 11, 13)]).ShouldNotBeNull();
    }

    [Fact]
    public void Dates_that_do_not_meet_do_not_overlap()
    {
        var old = Hours([1, 2, 3], 9, 12) with { EndsOn = Monday };
        OpeningHoursRules.Overlaps([old, old with { StartsOn = Monday.PlusDays(1), EndsOn = null }]).ShouldBeNull();
        OpeningHoursRules.Overlaps([old, old with { StartsOn = Monday, EndsOn = null }]).ShouldNotBeNull();
        OpeningHoursRules.Overlaps([old, Hours([3], 9, 12)]).ShouldNotBeNull();

        // One Wednesday alone does not meet the Mondays.
        OpeningHoursRules.Overlaps([Hours([1, 3], 9, 12) with { StartsOn = Monday.PlusDays(2), EndsOn = Monday.PlusDays(2) }, Hours([1], 9, 12)]).ShouldBeNull();
    }

    [Fact]
    public void It_agrees_with_trying_every_day()
    {
        var hours =
            from day in Gen.Int[1, 7].Array[1, 3]
            from open in Gen.Int[8, 16]
            from length in Gen.Int[1, 4]
            from every in Gen.Int[1, 4]
            from starts in Gen.Int[0, 40].Nullable()
            from ends in Gen.Int[0, 60].Nullable()
            select Hours(day.Distinct().ToArray(), open, open + length) with
            {
                EveryWeeks = starts is null ? 1 : every,
                StartsOn = starts is { } first ? Monday.PlusDays(first) : null,
                EndsOn = ends is { } last ? Monday.PlusDays(last) : null,
            };
        Gen.Select(hours, hours).Sample((one, other) =>
        {
            var days = Enumerable.Range(-14, 14 + 41 + 12 * 7).Select(Monday.PlusDays);
            var meet = one.From < other.To && other.From < one.To && days.Any(day => one.HoldsOn(day) && other.HoldsOn(day));
            return OpeningHoursRules.Overlaps([one, other]) is not null == meet;
        });
    }

    [Theory]
    [InlineData(0, null, null)]
    [InlineData(13, "2026-11-23", null)]
    [InlineData(2, null, null)]
    [InlineData(1, "2026-11-23", "2026-11-22")]
    [InlineData(1, "9999-12-31", null)]
    [InlineData(1, null, "0001-01-01")]
    public void Rhythms_and_dates_that_make_no_sense_are_said(int everyWeeks, string? startsOn, string? endsOn) =>
        OpeningHoursRules.ProblemOf(Hours([1], 9, 12) with { EveryWeeks = everyWeeks, StartsOn = Date(startsOn), EndsOn = Date(endsOn) }).ShouldNotBeNull();

    [Fact]
    public void Days_outside_the_week_and_times_off_the_grid_are_said()
    {
        OpeningHoursRules.ProblemOf(Hours([], 9, 12)).ShouldNotBeNull();
        OpeningHoursRules.ProblemOf(Hours([0], 9, 12)).ShouldNotBeNull();
        OpeningHoursRules.ProblemOf(Hours([8], 9, 12)).ShouldNotBeNull();
        OpeningHoursRules.ProblemOf(Hours([1], 9, 12) with { From = new LocalTime(9, 0, 30) }).ShouldNotBeNull();
        OpeningHoursRules.ProblemOf(Hours([1, 7], 9, 12) with { EveryWeeks = 2, StartsOn = Monday }).ShouldBeNull();
    }

    private static OpeningHours Hours(int[] days, int from, int to) => new(days, new LocalTime(from, 0), new LocalTime(to, 0), new PlaceId("home"));

    private static LocalDate? Date(string? text) => text is null ? null : NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;
}
