using NodaTime;
using Rdv.Agenda;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Agenda;

/// <summary>Both nights of the clock change, zones overseas, and the ends of months and years.</summary>
public sealed class ClockChangeTests(TableStorage storage) : ProductTest(storage)
{
    [Theory]
    [InlineData(2027, 3, 28)]
    [InlineData(2026, 10, 25)]
    public async Task The_hour_that_is_missing_or_comes_twice_is_not_offered(int year, int month, int day)
    {
        var change = new LocalDate(year, month, day);
        var (_, product) = await StartAsync(now: change.PlusDays(-10).AtMidnight().InUtc().ToInstant(), fromHour: 0, toHour: 24);
        var found = await product.SearchAsync(change.PlusDays(-1), days: 2);
        var ordinary = Starts(found, change.PlusDays(-1));
        ordinary.Count.ShouldBe(47); // 0:00 to 23:00, each half hour
        Starts(found, change).ShouldBe(ordinary.Where(time => time < new LocalTime(1, 30) || time >= new LocalTime(3, 0)));
    }

    [Theory]
    [InlineData("2027-03-28T01:00", "2027-03-28T03:00")]
    [InlineData("2026-10-25T01:00", "2026-10-25T03:00")]
    public async Task Bookings_around_the_change_last_an_hour_and_do_not_meet(string before, string after)
    {
        var date = AnAppointment.Wall(before).Date;
        var (world, product) = await StartAsync(now: date.PlusDays(-10).AtMidnight().InUtc().ToInstant(), fromHour: 0, toHour: 24);
        var first = await product.BookAsync(new AnAppointment().At(before));
        var second = await product.BookAsync(new AnAppointment().At(after));
        (first.End - first.Start).ShouldBe(Duration.FromHours(1));
        first.End.ShouldBeLessThanOrEqualTo(second.Start);
        first.LocalStart.ShouldBe(AnAppointment.Wall(before));
        second.LocalStart.ShouldBe(AnAppointment.Wall(after));
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Theory]
    [InlineData(2026, 10, 25, 0, 30)] // 02:30, the first time
    [InlineData(2026, 10, 25, 1, 30)] // 02:30, the second time
    [InlineData(2026, 10, 25, 0, 0)]
    [InlineData(2026, 10, 25, 1, 0)]
    [InlineData(2027, 3, 28, 0, 30)] // 01:30, and then the clock jumps
    public async Task An_hour_that_cannot_be_told_is_never_booked(int year, int month, int day, int hour, int minute)
    {
        var at = Instant.FromUtc(year, month, day, hour, minute);
        var (world, product) = await StartAsync(now: at - Duration.FromDays(10), fromHour: 0, toHour: 24);
        (await product.TryBookAsync(new AnAppointment().At(at))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Theory]
    [InlineData("2026-10-27T09:00", "2026-10-26T08:00:00Z")] // in winter time
    [InlineData("2026-10-26T09:00", "2026-10-24T07:00:00Z")] // the Saturday before, in summer time
    [InlineData("2027-03-30T09:00", "2027-03-27T08:00:00Z")] // past Easter Monday and the change, in winter time
    [InlineData("2027-03-31T09:00", "2027-03-30T07:00:00Z")] // in summer time
    public async Task A_reminder_leaves_from_nine_by_the_clock_on_the_wall(string start, string from)
    {
        var date = AnAppointment.Wall(start).Date;
        var (world, product) = await StartAsync(now: date.PlusDays(-10).AtMidnight().InUtc().ToInstant());
        await product.BookAsync(new AnAppointment().At(start));
        ShouldBeInTheMorning(await DueAsync(world), from);
    }

    [Theory]
    [InlineData("974", "2026-11-24T05:00:00Z", "2026-11-23T05:00:00Z")]
    [InlineData("972", "2026-11-24T13:00:00Z", "2026-11-23T13:00:00Z")]
    [InlineData("987", "2026-11-24T19:00:00Z", "2026-11-23T19:00:00Z")]
    [InlineData("986", "2026-11-23T21:00:00Z", "2026-11-22T21:00:00Z")]
    [InlineData("69", "2026-11-24T08:00:00Z", "2026-11-23T08:00:00Z")]
    public async Task Nine_in_the_morning_is_nine_where_the_citizen_lives(string territory, string start, string reminder)
    {
        var (world, product) = await StartAsync(territory: territory);
        var day = new LocalDate(2026, 11, 24);
        Starts(await product.SearchAsync(day, days: 1), day)[..3].ShouldBe([new(8, 0), new(8, 30), new(9, 0)]);
        var booked = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        booked.Start.ToString().ShouldBe(start);
        booked.LocalStart.ShouldBe(day.At(new LocalTime(9, 0)));
        Starts(await product.SearchAsync(day, days: 1), day)[..3].ShouldBe([new(8, 0), new(10, 0), new(10, 30)]);
        ShouldBeInTheMorning(await DueAsync(world), reminder);
        await Consistency.ShouldHoldAsync(world, product);
    }

    // 19:00 on the 16th in Tahiti, 9:00 on the 17th in La Réunion, 17:00 in Wallis: each has a "today" of its own.
    [Theory]
    [InlineData("987", "2026-11-17T08:00")]
    [InlineData("974", "2026-11-17T11:00")]
    [InlineData("986", "2026-11-17T19:00")]
    public async Task The_first_slot_is_after_the_notice_by_the_local_clock(string territory, string first)
    {
        var (world, product) = await StartAsync(territory: territory, now: Instant.FromUtc(2026, 11, 17, 5, 0));
        var today = world.Clock.GetCurrentInstant().InZone(world.Territory.Zone).Date;
        (await product.SearchAsync(today)).Slots[0].Start.ShouldBe(AnAppointment.Wall(first));
    }

    [Fact]
    public async Task A_window_over_the_new_year_sees_what_is_booked_on_both_sides()
    {
        var (world, product) = await StartAsync(now: Instant.FromUtc(2026, 12, 14, 8, 0));
        var december = await product.BookAsync(new AnAppointment().At("2026-12-31T19:00"));
        await product.BookAsync(new AnAppointment().At("2027-01-02T08:00"));
        // The same days of the other month are nobody's.
        await product.BookAsync(new AnAppointment().At("2026-12-28T08:00"));
        var found = await product.SearchAsync(new LocalDate(2026, 12, 28), days: 8);
        Starts(found, new LocalDate(2026, 12, 28))[0].ShouldBe(new LocalTime(9, 0));
        Starts(found, new LocalDate(2026, 12, 31))[^1].ShouldBe(new LocalTime(18, 0));
        Starts(found, new LocalDate(2027, 1, 1)).ShouldBeEmpty();
        Starts(found, new LocalDate(2027, 1, 2))[0].ShouldBe(new LocalTime(9, 0));
        Starts(found, new LocalDate(2027, 1, 4)).Count.ShouldBe(23);

        await product.MoveAsync(december, "2027-01-02T09:00");
        found = await product.SearchAsync(new LocalDate(2026, 12, 28), days: 8);
        Starts(found, new LocalDate(2026, 12, 31))[^1].ShouldBe(new LocalTime(19, 0));
        Starts(found, new LocalDate(2027, 1, 2))[0].ShouldBe(new LocalTime(10, 0));
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task The_load_of_a_week_is_counted_over_the_end_of_the_year()
    {
        var (world, product) = await StartAsync(advisors: 2, now: Instant.FromUtc(2026, 12, 14, 8, 0));
        foreach (var busy in new[] { "a1", "a2" })
        {
            await product.BookAsync(new AnAppointment().At("2026-12-29T09:00").With(busy));
            var other = busy == "a1" ? "a2" : "a1";
            var any = await product.BookAsync(new AnAppointment().At("2027-01-02T09:00"));
            any.AdvisorId.Value.ShouldBe(other);
            await product.CancelAsync(any);
            await product.BookAsync(new AnAppointment().At("2026-12-30T09:00").With(other));
        }

        await Consistency.ShouldHoldAsync(world, product);
    }

    private static List<LocalTime> Starts(SlotsFound found, LocalDate date) =>
        [.. found.Slots.Where(slot => slot.Start.Date == date).Select(slot => slot.Start.TimeOfDay)];

    private static void ShouldBeInTheMorning(Instant due, string nine) => due.ShouldBeInRange(
        NodaTime.Text.InstantPattern.ExtendedIso.Parse(nine).Value, NodaTime.Text.InstantPattern.ExtendedIso.Parse(nine).Value + Duration.FromMinutes(150));

    private static async Task<Instant> DueAsync(World world) => NodaTime.Text.InstantPattern.ExtendedIso.Parse(
        (await world.DueAsync("due|sms|")).Select(row => row.RowKey.Split('|')).Single(parts => parts[4] == "reminder")[2]).Value;
}
