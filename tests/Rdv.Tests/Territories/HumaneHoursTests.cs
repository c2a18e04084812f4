using NodaTime;
using Rdv.Territories;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Territories;

public sealed class HumaneHoursTests
{
    private static readonly Territory Lyon = Territory.Parse("69");

    [Theory]
    [InlineData("2026-11-20T08:59", false, "2026-11-20T09:00", "2026-11-20T09:00")]
    [InlineData("2026-11-20T09:00", true, "2026-11-20T09:00", "2026-11-20T09:00")]
    [InlineData("2026-11-20T18:59", true, "2026-11-20T18:59", "2026-11-20T18:59")]
    [InlineData("2026-11-20T19:00", false, "2026-11-21T09:00", "2026-11-23T09:00")] // a Friday: nobody calls on the Saturday
    [InlineData("2026-11-21T10:00", true, "2026-11-21T10:00", "2026-11-23T09:00")]
    [InlineData("2026-11-22T10:00", false, "2026-11-23T09:00", "2026-11-23T09:00")] // a Sunday
    [InlineData("2026-11-11T10:00", false, "2026-11-12T09:00", "2026-11-12T09:00")] // a holiday
    public void A_telephone_rings_now_or_at_the_next_opening(string wallTime, bool now, string next, string nextCall)
    {
        HumaneHours.Contains(Lyon, At(wallTime)).ShouldBe(now);
        HumaneHours.Next(Lyon, At(wallTime)).ShouldBe(At(next));
        HumaneHours.NextCall(Lyon, At(wallTime)).ShouldBe(At(nextCall));
    }

    [Theory]
    [InlineData("2026-11-20T09:00", "2026-11-20T09:00")]
    [InlineData("2026-11-20T09:01", "2026-11-23T09:00")]
    public void A_working_morning_may_begin_at_once(string from, string morning) => HumaneHours.WorkingMorning(Lyon, At(from)).ShouldBe(At(morning));

    private static Instant At(string wallTime) => AnAppointment.Wall(wallTime).InZoneLeniently(Lyon.Zone).ToInstant();
}
