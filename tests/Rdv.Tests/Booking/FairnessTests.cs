using Azure.Data.Tables;
using NodaTime;
using Rdv.Booking;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Booking;

/// <summary>"Any advisor" is fair: least loaded that day, then that week. Four weeks, five days each, from 9:00 to 17:00.</summary>
public sealed class FairnessTests(TableStorage storage) : ProductTest(storage)
{
    private const int Advisors = 5;
    private static readonly LocalDate FirstMonday = new(2026, 11, 23);

    [Fact]
    public async Task Two_hundred_bookings_of_any_advisor_spread_over_five_equal_ones_by_60_minutes_at_most_in_a_week_and_120_in_all()
    {
        var (world, product) = await StartAsync(Advisors);
        foreach (var start in Starts(new Random(1), 200))
        {
            await product.BookAsync(new AnAppointment().At(start));
        }

        var minutes = await MinutesAsync(world);
        foreach (var week in Enumerable.Range(0, 4))
        {
            Spread(minutes, week).ShouldBeLessThanOrEqualTo(60, $"week {week}");
        }

        Enumerable.Range(0, Advisors).Select(advisor => Enumerable.Range(0, 4).Sum(week => minutes[advisor, week])).Sum().ShouldBe(200 * 60);
        Spread(minutes, week: null).ShouldBeLessThanOrEqualTo(120, "over four weeks");

        // And on each day: nobody has a second appointment of it while another has none.
        foreach (var day in (await world.RowsAsync("rdv|")).GroupBy(row => DateOf(world, row)))
        {
            var loads = day.CountBy(row => row.GetString("AdvisorId")).Select(count => count.Value).ToList();
            loads.AddRange(Enumerable.Repeat(0, Advisors - loads.Count));
            (loads.Max() - loads.Min()).ShouldBeLessThanOrEqualTo(1, day.Key.ToString());
        }
    }

    [Fact]
    public async Task An_advisor_with_6_hours_on_Monday_gets_none_more_that_day_and_is_the_last_of_five_on_each_other_day_of_the_week()
    {
        var (_, product) = await StartAsync(Advisors);
        for (var hour = 9; hour < 15; hour++)
        {
            await product.BookAsync(new AnAppointment().At($"2026-11-23T{hour:00}:00").With("a3"));
        }

        // Five a day: on an equal day, the week decides.
        var given = new List<string>();
        for (var day = 24; day <= 27; day++)
        {
            for (var hour = 9; hour < 14; hour++)
            {
                given.Add((await product.BookAsync(new AnAppointment().At($"2026-11-{day}T{hour:00}:00"))).AdvisorId.Value);
            }
        }

        // Each day, everyone gets one before anyone gets two: a3 too, but last.
        given.Chunk(5).ShouldAllBe(today => today.Distinct().Count() == 5 && today[4] == "a3");

        // On the loaded day itself, the others come first.
        var monday = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            monday.Add((await product.BookAsync(new AnAppointment().At("2026-11-23T16:00"))).AdvisorId.Value);
        }

        monday.ShouldNotContain("a3");
        monday.Distinct().Count().ShouldBe(4);
    }

    private static List<string> Starts(Random random, int count)
    {
        // Every hour is free for five: which of the 800 places are asked for is chance, how they are shared is not.
        var hours = from week in Enumerable.Range(0, 4)
                    from day in Enumerable.Range(0, 5)
                    from hour in Enumerable.Range(9, 8)
                    from _ in Enumerable.Range(0, Advisors)
                    select FirstMonday.PlusDays((7 * week) + day).At(new LocalTime(hour, 0));
        return hours.OrderBy(_ => random.Next()).Take(count).Select(start => start.ToString("uuuu-MM-dd'T'HH:mm", null)).ToList();
    }

    /// <returns>By advisor and week.</returns>
    private static async Task<int[,]> MinutesAsync(World world)
    {
        var minutes = new int[Advisors, 4];
        foreach (var row in await world.RowsAsync("rdv|"))
        {
            var advisor = row.GetString("AdvisorId")[1] - '1';
            minutes[advisor, Period.DaysBetween(FirstMonday, DateOf(world, row)) / 7] += row.GetInt32("Minutes")!.Value;
        }

        return minutes;
    }

    private static LocalDate DateOf(World world, TableEntity row) =>
        Instant.FromDateTimeOffset(row.GetDateTimeOffset("Start")!.Value).InZone(world.Territory.Zone).Date;

    private static int Spread(int[,] minutes, int? week)
    {
        var loads = Enumerable.Range(0, Advisors)
            .Select(advisor => week is { } one ? minutes[advisor, one] : Enumerable.Range(0, 4).Sum(each => minutes[advisor, each]))
            .ToList();
        return loads.Max() - loads.Min();
    }
}
