using Microsoft.Extensions.Configuration;
using NodaTime;
using Rdv.Local.Timers;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Local;

public sealed class TimerScheduleTests
{
    private static readonly IConfiguration Settings = new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["Nightly"] = "0 30 2 * * *" })
        .Build();

    [Fact]
    public void An_occurrence_is_strictly_after_and_in_UTC()
    {
        var schedule = TimerSchedule.Parse("0 * * * * *", Settings);
        schedule.NextAfter(Instant.FromUtc(2026, 3, 29, 0, 59, 59)).ShouldBe(Instant.FromUtc(2026, 3, 29, 1, 0));
        schedule.NextAfter(Instant.FromUtc(2026, 3, 29, 1, 0)).ShouldBe(Instant.FromUtc(2026, 3, 29, 1, 1));
    }

    [Fact]
    public void A_setting_may_hold_the_schedule()
    {
        TimerSchedule.Parse("%Nightly%", Settings).NextAfter(Instant.FromUtc(2026, 11, 24, 12, 0)).ShouldBe(Instant.FromUtc(2026, 11, 25, 2, 30));
        Should.Throw<InvalidOperationException>(() => TimerSchedule.Parse("%Missing%", Settings)).Message.ShouldContain("Missing");
    }

    [Fact]
    public void A_wrong_schedule_is_refused() =>
        Should.Throw<InvalidOperationException>(() => TimerSchedule.Parse("every minute", Settings));
}
