using NodaTime;
using Rdv.Load;
using Rdv.Pages.Structures;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Load;

/// <summary>What is said of the past in a sentence, and of the weeks to come from it.</summary>
public sealed class ForecastTests
{
    private static readonly LocalDate Friday = new(2026, 11, 27);
    private static readonly LocalDate Monday = new(2026, 11, 23);

    [Fact]
    public void Weeks_that_were_alike_tell_the_next_ones_without_an_error()
    {
        var forecast = Forecast.Of(Days(_ => 6), Friday).ShouldNotBeNull();
        forecast.Error.ShouldBe(0);
        forecast.Weeks.Select(week => (week.Monday, week.Booked)).ShouldBe(Enumerable.Range(1, 4).Select(week => (Monday.PlusWeeks(week), 30)));
    }

    [Fact]
    public void One_odd_week_is_no_habit_and_shows_in_the_error()
    {
        var forecast = Forecast.Of(Days(week => week == -2 ? 0 : 6), Friday).ShouldNotBeNull();
        forecast.Weeks.ShouldAllBe(week => week.Booked == 30);

        // Of four weeks that were tried, one was wrong by thirty.
        forecast.Error.ShouldBe(8);
    }

    [Fact]
    public void A_day_to_come_on_which_nobody_receives_is_not_told()
    {
        var days = Days(_ => 6).Select(day => day.Date == Monday.PlusWeeks(1) ? day with { Counts = default } : day);
        Forecast.Of(days, Friday)!.Weeks.Select(week => week.Booked).ShouldBe([24, 30, 30, 30]);
    }

    [Fact]
    public void What_is_booked_already_is_told_at_least() =>
        Forecast.Of(Days(week => week > 0 ? 7 : 6), Friday)!.Weeks.ShouldAllBe(week => week.Booked == 35 && week.SoFar == 35);

    [Fact]
    public void Of_a_structure_that_has_just_begun_nothing_is_told()
    {
        Forecast.Of(Days(_ => 6).Where(day => day.Date >= Monday.PlusWeeks(-4)), Friday).ShouldBeNull();
        Forecast.Of(Days(_ => 6).Where(day => day.Date >= Monday.PlusWeeks(-5)), Friday).ShouldNotBeNull();
        Forecast.Of([], Friday).ShouldBeNull();
    }

    [Fact]
    public void The_fullest_half_day_and_the_emptiest_are_said_in_words()
    {
        var weeks = Enumerable.Range(1, 10).ToList();
        List<DayFigures> days =
        [
            // Thursday afternoon: full nine times of ten. Saturday is open for half an hour after noon, which no appointment fits.
            .. weeks.Select(week => Day(Monday.PlusWeeks(-week).PlusDays(3), (14, 60, week == 4 ? 0 : 60), (15, 60, 60))),
            .. weeks.Select(week => Day(Monday.PlusWeeks(-week).PlusDays(5), (12, 30, 0))),
            .. weeks.Select(week => Day(Monday.PlusWeeks(-week), (9, 60, 60), (10, 60, 0), (11, 60, 0))),
        ];
        LoadWords.Of(LoadPicture.Of(days, Friday), new LoadCounts(0, 0, 0, 55, 5, 0, 0), unmet: 12, fewestMeetings: 0).ShouldBe(
        [
            "Le jeudi après-midi est plein 9 fois sur 10.",
            "Le lundi matin, une place sur trois est prise.",
            "Une personne sur 12 ne vient pas.",
            "12 demandes n'ont pas trouvé de place.",
        ]);
    }

    [Fact]
    public void Of_two_mornings_nothing_is_a_habit_and_of_days_to_come_nothing_is_known()
    {
        List<DayFigures> days = [.. new[] { -1, -2, 1, 2, 3 }.Select(week => Day(Monday.PlusWeeks(week), (9, 60, 60)))];
        LoadWords.Of(LoadPicture.Of(days, Friday), default, unmet: 0, fewestMeetings: 0).ShouldBeEmpty();
    }

    /// <summary>Five days a week on which an hour is offered eight times.</summary>
    /// <param name="booked">A day, by week: 0 is this one.</param>
    private static IEnumerable<DayFigures> Days(Func<int, int> booked) =>
        from week in Enumerable.Range(-12, 17)
        from day in Enumerable.Range(0, 5)
        select new DayFigures(Monday.PlusWeeks(week).PlusDays(day), new LoadCounts(480, 0, week > 0 && booked(week) == 6 ? 0 : booked(week), 0, 0, 0, 0), []);

    private static DayFigures Day(LocalDate date, params (int Hour, int Offered, int Booked)[] hours) =>
        new(date, default, [.. hours.Select(hour => new HourLoad(hour.Hour, hour.Offered, hour.Booked, hour.Booked / 60))]);
}
