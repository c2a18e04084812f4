using NodaTime;
using NodaTime.Text;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>What may no longer be changed, and what goes out once only, when time has passed.</summary>
public sealed class AfterTheStartTests
{
    [Fact]
    public async Task What_has_started_is_too_late_and_a_link_is_sent_once_in_10_minutes()
    {
        await using var app = await ContractApp.StartAsync();
        var phone = app.DrawPhone();
        var appointment = await app.BookAsync(phone);
        var (reference, key) = (appointment.GetProperty("reference").GetString(), appointment.GetProperty("key").GetString());

        for (var i = 0; i < 3; i++)
        {
            (await app.PostAsync($"/api/appointments/{reference}/link", new { phone })).Status.ShouldBe(202);
        }

        await app.RunTimerAsync("SendSms");
        (await LinksAsync(app)).ShouldBe(1);
        await app.MoveClockAsync(await app.NowAsync() + Duration.FromMinutes(11));
        (await app.PostAsync($"/api/appointments/{reference}/link", new { phone })).Status.ShouldBe(202);
        await app.RunTimerAsync("SendSms");
        (await LinksAsync(app)).ShouldBe(2);

        var start = OffsetDateTimePattern.ExtendedIso.Parse(appointment.GetProperty("start").GetString()!).Value.ToInstant();
        await app.MoveClockAsync(start + Duration.FromSeconds(1));
        (await app.PostAsync($"/api/appointments/{reference}/cancel", new { key })).Code.ShouldBe("too-late");
        (await app.PostAsync($"/api/appointments/{reference}/move", new { key, start = await app.DrawStartAsync() })).Code.ShouldBe("too-late");
        (await app.PostAsync($"/api/hotline/appointments/{reference}/cancel", new { }, "hotline")).Code.ShouldBe("too-late");
        var outcome = await app.PostAsync(
            $"/api/advisors/69/{ContractApp.Advisor}/appointments/{reference}/outcome", new { outcome = "kept" }, $"advisor:69/{ContractApp.Advisor}");
        AnswersTests.Described(outcome, "POST", "/api/advisors/{territory}/{id}/appointments/{reference}/outcome", 200)
            .GetProperty("status").GetString().ShouldBe("kept");
        (await app.GetAsync($"/api/appointments/{reference}?key={key}")).Json.GetProperty("status").GetString().ShouldBe("kept");
    }

    private static async Task<int> LinksAsync(ContractApp app) =>
        (await app.GetAsync("/dev/messages")).Json.EnumerateArray().Count(message => message.GetProperty("kind").GetString() == "link");
}
