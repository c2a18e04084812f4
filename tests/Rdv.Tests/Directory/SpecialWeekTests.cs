using NodaTime;
using Rdv.Directory;
using Rdv.Ids;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Directory;

/// <summary>« Cette semaine-là, mes heures sont celles de la semaine du… »: that week only, and all of it.</summary>
public sealed class SpecialWeekTests
{
    private static readonly LocalDate Monday = new(2026, 12, 21);
    private static readonly PlaceId Town = new("p1");
    private static readonly PlaceId Village = new("p2");

    [Fact]
    public void The_week_has_the_hours_of_the_other_and_the_weeks_around_it_keep_theirs()
    {
        OpeningHours[] hours =
        [
            Period([1, 2, 4], 9, 12, Town) with { Means = [Means.Place, Means.Phone] },
            Period([3], 14, 17, Village, everyWeeks: 2, startsOn: new LocalDate(2026, 12, 2)),
            Period([5], 9, 12, Town, endsOn: new LocalDate(2026, 12, 18)),
        ];
        var like = new LocalDate(2026, 12, 14);
        var copied = SpecialWeek.Copy(hours, Monday, like);
        On(copied, Monday).ShouldBe(Shifted(On(hours, like), 7), ignoreOrder: true);
        foreach (var week in Enumerable.Range(-8, 20).Where(week => week != 0).Select(week => Monday.PlusWeeks(week)))
        {
            On(copied, week).ShouldBe(On(hours, week), ignoreOrder: true, week.ToString());
        }

        OpeningHoursRules.Overlaps(copied).ShouldBeNull();
        SpecialWeek.Copy(copied, Monday, like).Select(period => period.ToString()).ShouldBe(copied.Select(period => period.ToString()), "once more changes nothing");
    }

    [Fact]
    public void Over_random_hours_no_other_week_changes()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var hours = Enumerable.Range(1, 7).SelectMany(day => Enumerable.Range(0, random.Next(3)).Select(part => Period(
                [day], 8 + (4 * part), 11 + (4 * part), random.Next(2) == 0 ? Town : Village, random.Next(1, 4), Monday.PlusDays(random.Next(-40, 40)),
                random.Next(3) == 0 ? Monday.PlusDays(random.Next(41, 80)) : null))).ToArray();
            var like = Monday.PlusWeeks(random.Next(1, 6) * (random.Next(2) == 0 ? 1 : -1));
            var copied = SpecialWeek.Copy(hours, Monday, like);
            On(copied, Monday).ShouldBe(Shifted(On(hours, like), NodaTime.Period.DaysBetween(like, Monday)), ignoreOrder: true, $"seed {seed}");
            foreach (var week in Enumerable.Range(-10, 22).Where(week => week != 0).Select(week => Monday.PlusWeeks(week)))
            {
                On(copied, week).ShouldBe(On(hours, week), ignoreOrder: true, $"seed {seed}, {week}");
            }
        }
    }

    private static OpeningHours Period(int[] days, int from, int to, PlaceId place, int everyWeeks = 1, LocalDate? startsOn = null, LocalDate? endsOn = null) =>
        new(days, new LocalTime(from, 0), new LocalTime(to, 0), place, null, everyWeeks, startsOn, endsOn);

    private static List<string> On(IEnumerable<OpeningHours> hours, LocalDate monday) => [.. Held(hours, monday).Select(held => Text(held.Date, held.Period))];

    private static IEnumerable<(LocalDate Date, OpeningHours Period)> Held(IEnumerable<OpeningHours> hours, LocalDate monday) =>
        Enumerable.Range(0, 7).Select(day => monday.PlusDays(day)).SelectMany(date => hours.Where(period => period.HoldsOn(date)).Select(period => (date, period)));

    private static string Text(LocalDate date, OpeningHours period) => $"{date:uuuu-MM-dd} {period.From}-{period.To} {period.PlaceId} {string.Join('+', period.Means ?? [])}";

    private static List<string> Shifted(List<string> days, int by) =>
        [.. days.Select(day => NodaTime.Text.LocalDatePattern.Iso.Format(NodaTime.Text.LocalDatePattern.Iso.Parse(day[..10]).Value.PlusDays(by)) + day[10..])];
}
