using Shouldly;
using Xunit;

namespace Rdv.Tests.Acceptance;

/// <summary>The hotline, an advisor and the timers.</summary>
public abstract class StaffJourneys(Target target) : Journeys(target)
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(60);
    private static readonly Ground Ground = Ground.Staff;

    [Fact]
    public async Task The_hotline_books_finds_and_cancels()
    {
        NeedsStaff();
        var phone = Ground.DrawPhone();
        var booked = await Visitor.PostAsync("/api/hotline/appointments", Ground.BookingAt((await Ground.FreeAsync(Visitor))[0], phone), "hotline");
        booked.Status.ShouldBe(201, booked.Text);
        booked.Json.GetProperty("channel").GetString().ShouldBe("phone");
        var reference = Reference(booked.Json);

        foreach (var search in new object[] { new { phone }, new { reference } })
        {
            var found = await Visitor.PostAsync("/api/hotline/search", search, "hotline");
            found.Status.ShouldBe(200, found.Text);
            found.Json.GetProperty("appointments").EnumerateArray().Select(Reference).ShouldContain(reference);
        }

        (await Visitor.PostAsync($"/api/hotline/appointments/{reference}/cancel", new { }, "hotline")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Staff_are_told_from_visitors_and_from_each_other()
    {
        var refused = await Visitor.PostAsync("/api/hotline/search", new { });
        (refused.Status, refused.Code).ShouldBe((401, "unauthenticated"));
        NeedsEveryPersona();
        var wrong = await Visitor.PostAsync("/api/hotline/search", new { }, $"advisor:{Ground.Territory}/{Ground.Advisor}");
        (wrong.Status, wrong.Code).ShouldBe((403, "forbidden"));
        (await Visitor.PostCsvAsync("/api/admin/import/structures", "")).Code.ShouldBe("invalid");
        (await Visitor.PostAsync("/api/admin/import/structures", [], "text/csv", "hotline")).Code.ShouldBe("forbidden");
    }

    [Fact]
    public async Task An_advisor_sees_what_was_booked_in_their_own_calendar()
    {
        NeedsStaff();
        NeedsEveryPersona();
        var appointment = await BookAsync(Visitor, Ground, (await Ground.FreeAsync(Visitor))[1]);
        var agenda = await Visitor.GetAsync(
            $"/api/advisors/{Ground.Territory}/{Ground.Advisor}/agenda?days=40", $"advisor:{Ground.Territory}/{Ground.Advisor}");
        agenda.Status.ShouldBe(200, agenda.Text);
        agenda.Json.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("reference").GetString()).ShouldContain(Reference(appointment));

        var address = new Uri(agenda.Json.GetProperty("feed").GetString()!).AbsolutePath;
        var feed = await Visitor.GetAsync(address);
        (feed.Status, feed.MediaType).ShouldBe((200, "text/calendar"));
        feed.Text.ShouldContain("Odette Fictive");
        var again = await Visitor.SendAsync(HttpMethod.Get, address, null, request => request.Headers.TryAddWithoutValidation("If-None-Match", feed.Header("ETag")));
        (again.Status, again.Bytes.Length).ShouldBe((304, 0));
        await CancelAsync(Visitor, appointment);
    }

    [Fact]
    public async Task A_timer_sends_the_invite_of_a_booking()
    {
        NeedsStaff();
        Assert.SkipUnless(Target.RunsTimers, "Nothing runs a timer here (RDV_HOST_KEY).");
        var appointment = await BookAsync(Visitor, Ground, (await Ground.FreeAsync(Visitor))[2]);
        (await Visitor.RunTimerAsync("SendInvites")).Status.ShouldBe(202);

        // The host of Azure answers before the run.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(LongestRun);
        while (await StateOfInviteAsync(Reference(appointment)) != "sent")
        {
            await Task.Delay(TimeSpan.FromSeconds(1), limit.Token);
        }

        await CancelAsync(Visitor, appointment);
    }

    [Fact]
    public async Task A_timer_that_does_not_exist_is_404()
    {
        Assert.SkipUnless(Target.RunsTimers, "Nothing runs a timer here (RDV_HOST_KEY).");
        (await Visitor.RunTimerAsync("Nothing")).Status.ShouldBe(404);
    }

    private async Task<string?> StateOfInviteAsync(string reference)
    {
        var found = await Visitor.PostAsync("/api/hotline/search", new { reference }, "hotline");
        return found.Json.GetProperty("appointments")[0].GetProperty("messages").EnumerateArray()
            .Where(message => message.GetProperty("kind").GetString() == "invite")
            .Select(message => message.GetProperty("state").GetString())
            .SingleOrDefault();
    }
}
