using NodaTime;
using Rdv.Calls;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.Territories;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Reminders;

/// <summary>When someone of 75 is reminded: on a day on which she looks at her telephone, in time to cancel, and not of what she has just heard.</summary>
public sealed class ReminderTimeTests
{
    private const string Odette = "c0ffee";

    private static readonly Territory[] Everywhere = [.. new[] { "69", "971", "974", "987", "986" }.Select(Territory.Parse)];

    [Theory]
    // Booked, start, first reminder, last reminder: days.
    [InlineData("69", "2026-11-20T14:00", "2026-11-23T09:30", null, "2026-11-21")] // Friday afternoon for Monday: Saturday
    [InlineData("69", "2026-11-21T16:00", "2026-11-23T14:00", null, "2026-11-23")] // Saturday afternoon for Monday: the morning itself
    [InlineData("69", "2026-11-22T10:00", "2026-11-23T09:30", null, null)] // Sunday for Monday at 9:30: it was confirmed yesterday
    [InlineData("69", "2026-11-23T08:00", "2026-11-24T15:00", null, "2026-11-23")] // for tomorrow: this evening
    [InlineData("69", "2026-11-16T09:00", "2026-11-20T10:00", "2026-11-17", "2026-11-19")] // four days ahead: two
    [InlineData("69", "2026-11-17T09:00", "2026-11-20T10:00", null, "2026-11-19")] // three days ahead: one
    [InlineData("69", "2026-11-10T09:00", "2026-11-24T10:00", "2026-11-20", "2026-11-23")] // three days before is a Saturday: the Friday
    [InlineData("69", "2026-11-21T09:00", "2026-11-25T10:00", "2026-11-23", "2026-11-24")] // a Saturday for the Wednesday: not the same day
    [InlineData("69", "2050-04-07T15:00", "2050-04-12T09:30", "2050-04-08", "2050-04-09")] // over Easter
    [InlineData("974", "2026-12-17T18:00", "2026-12-21T09:00", "2026-12-18", "2026-12-19")] // the day before is the end of slavery, a Sunday
    [InlineData("971", "2026-11-20T19:00", "2026-11-23T09:30", null, "2026-11-21")]
    [InlineData("987", "2026-11-20T19:00", "2026-11-23T09:30", null, "2026-11-21")]
    public void Reminders_come_on_these_days(string territory, string booked, string start, string? ahead, string? eve)
    {
        var where = Territory.Parse(territory);
        var times = new ReminderTime(where, At(where, start), At(where, booked), Odette);
        DayOf(where, times.Ahead()).ShouldBe(ahead);
        DayOf(where, times.Eve()).ShouldBe(eve);
    }

    [Theory]
    [InlineData("69", "2026-11-21T10:00", "2026-11-23T14:00", "2026-11-23")] // Saturday for Monday: nobody calls on a Saturday
    [InlineData("69", "2026-11-18T10:00", "2026-11-21T10:00", "2026-11-20")] // for a Saturday: the Friday
    [InlineData("69", "2026-11-21T10:00", "2026-11-23T09:30", null)] // nobody answers before
    [InlineData("971", "2026-11-13T10:00", "2026-11-16T09:00", "2026-11-13")] // Friday morning for Monday: that afternoon
    public void Someone_on_a_landline_is_called_when_the_hotline_works(string territory, string booked, string start, string? day)
    {
        var where = Territory.Parse(territory);
        DayOf(where, new ReminderTime(where, At(where, start), At(where, booked), Odette).Call()).ShouldBe(day);
    }

    [Fact]
    public void Whatever_is_booked_when_nobody_is_woken_nor_told_twice_in_a_morning()
    {
        var random = new Random(3);
        foreach (var territory in Everywhere)
        {
            for (var i = 0; i < 4_000; i++)
            {
                var told = Instant.FromUtc(2026, 10, 1, 0, 0) + Duration.FromMinutes(random.Next(120 * 24 * 60));
                var start = (told + Duration.FromMinutes(random.Next(20 * 24 * 60))).InZone(territory.Zone).Date.At(new LocalTime(random.Next(8, 20), 30)).InZoneLeniently(territory.Zone).ToInstant();
                var times = new ReminderTime(territory, start, told, $"{i}");
                var (ahead, eve, call) = (times.Ahead(), times.Eve(), times.Call());
                foreach (var at in new[] { ahead, eve, call }.OfType<Instant>())
                {
                    HumaneHours.Contains(territory, at).ShouldBeTrue($"{territory} {told} {start} {at}");
                    at.ShouldBeLessThan(start);
                    (at - told).ShouldBeGreaterThanOrEqualTo(Duration.FromHours(4));
                }

                if (call is { } calling)
                {
                    HumaneHours.NextCall(territory, calling).ShouldBe(calling);
                }

                if (ahead is { } first && eve is { } last)
                {
                    first.InZone(territory.Zone).Date.ShouldBeLessThan(last.InZone(territory.Zone).Date);
                }

                // Never none because a week-end or a holiday lies between.
                if (Period.DaysBetween(told.InZone(territory.Zone).Date, start.InZone(territory.Zone).Date) >= 4)
                {
                    eve.ShouldNotBeNull($"{territory} {told} {start}");
                }
            }
        }
    }

    [Theory]
    [InlineData("2026-11-20T14:00", "2026-11-24T14:00", "2026-11-24T12:00")]
    [InlineData("2026-11-20T14:00", "2026-11-24T10:30", "2026-11-24T09:00")] // not before 9:00
    [InlineData("2026-11-20T14:00", "2026-11-24T10:00", "2026-11-24T09:00")] // an hour is enough
    [InlineData("2026-11-20T14:00", "2026-11-24T09:55", null)] // less is not
    [InlineData("2026-11-24T11:59", "2026-11-24T14:00", "2026-11-24T12:00")]
    [InlineData("2026-11-24T12:00", "2026-11-24T14:00", null)] // just booked
    [InlineData("2026-11-24T13:00", "2026-11-24T14:00", null)]
    [InlineData("2026-11-20T14:00", "2026-11-22T14:00", null)] // a Sunday
    public void Two_hours_before_is_in_humane_hours_and_in_time(string booked, string start, string? at)
    {
        var lyon = Territory.Parse("69");
        new ReminderTime(lyon, At(lyon, start), At(lyon, booked), Odette).TwoHoursBefore().ShouldBe(at is null ? null : At(lyon, at));
    }

    [Fact]
    public void The_bounds_of_what_is_too_late_are_in_time()
    {
        var lyon = Territory.Parse("69");
        var (told, second) = (At(lyon, "2026-11-20T09:00"), Duration.FromSeconds(1));
        Instant? Eve(Instant start, Instant told) => new ReminderTime(lyon, start, told, Odette).Eve();

        // Four hours after what was said, and not a second less: then it is the evening's.
        var start = At(lyon, "2026-11-24T15:00");
        var morning = Eve(start, told).ShouldNotBeNull();
        Eve(start, morning - Duration.FromHours(4)).ShouldBe(morning);
        Eve(start, morning - Duration.FromHours(4) + second).ShouldNotBeNull().ShouldBeGreaterThan(At(lyon, "2026-11-23T17:00"));

        // On the day itself, two hours to get ready.
        var sunday = At(lyon, "2026-11-22T10:00");
        var monday = Eve(At(lyon, "2026-11-23T14:00"), sunday).ShouldNotBeNull();
        Eve(monday + Duration.FromHours(2), sunday).ShouldBe(monday);
        Eve(monday + Duration.FromHours(2) - second, sunday).ShouldBeNull();
    }

    [Fact]
    public void A_call_about_an_sms_that_failed_on_a_Saturday_is_for_Monday_and_an_urgent_one_for_whoever_is_there()
    {
        var lyon = Territory.Parse("69");
        var subject = new Subject(lyon, "K7Q29XM4");
        CallToMake.Of(subject, CallReasons.Undelivered, "reminder", At(lyon, "2026-11-21T11:00"), 1).DueAt.ShouldBe(At(lyon, "2026-11-23T09:00"));
        CallToMake.Of(subject, CallReasons.Unknown, "confirmation", At(lyon, "2026-11-20T21:00"), 1).DueAt.ShouldBe(At(lyon, "2026-11-23T09:00"));
        CallToMake.Of(subject, CallReasons.Landline, "move", At(lyon, "2026-11-20T18:00"), 1).Again(At(lyon, "2026-11-20T20:00")).DueAt.ShouldBe(At(lyon, "2026-11-23T09:00"));
        CallToMake.Of(subject, CallReasons.Urgent, "cancellation", At(lyon, "2026-11-21T11:00"), 1).DueAt.ShouldBe(At(lyon, "2026-11-21T11:00"));
    }

    [Fact]
    public void Twenty_thousand_reminders_of_one_morning_stay_under_what_the_provider_takes_in_a_minute()
    {
        var lyon = Territory.Parse("69");
        var start = At(lyon, "2026-11-25T14:00");
        var minutes = Enumerable.Range(0, 20_000)
            .Select(person => new ReminderTime(lyon, start, At(lyon, "2026-11-20T09:00"), $"{person}").Eve()!.Value)
            .GroupBy(at => at.ToUnixTimeSeconds() / 60)
            .Select(minute => minute.Count())
            .ToList();
        TestContext.Current.TestOutputHelper!.WriteLine($"{minutes.Count} minutes; at most {minutes.Max()} in one, at least {minutes.Min()}.");
        minutes.Count.ShouldBe(150);
        minutes.Max().ShouldBeLessThan(new RdvSettings { HotlinePhone = "", SiteBaseUrl = "", MailFrom = "" }.SmsPerMinute / 2);
    }

    private static Instant At(Territory territory, string wallTime) => Infrastructure.AnAppointment.Wall(wallTime).InZoneLeniently(territory.Zone).ToInstant();

    private static string? DayOf(Territory territory, Instant? at) => at is { } instant ? NodaTime.Text.LocalDatePattern.Iso.Format(instant.InZone(territory.Zone).Date) : null;
}
