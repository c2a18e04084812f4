using Rdv.Local;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>The limits of the contract, each from a client address of its own.</summary>
public sealed class LimitsTests : IAsyncLifetime
{
    private const string FrontDoor = "0d3f1b52-6c1a-4f0e-9c58-2f8a6f5d7e11";

    private ContractApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await ContractApp.StartAsync(
        limits: true, options: new LocalOptions { Settings = new Dictionary<string, string?> { ["Proxy:FrontDoorId"] = FrontDoor } });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Clients_are_bounded_each_for_itself()
    {
        await Holds_are_2_for_one_client();
        await Writes_come_in_bursts_of_20();
        await Reads_come_in_bursts_of_60();
        await After_10_wrong_keys_even_the_right_one_is_refused();
        await A_number_books_5_appointments();
    }

    private async Task Holds_are_2_for_one_client()
    {
        var (one, other) = ("127.0.1.1", "127.0.1.2");
        var first = await HoldAsync(one);
        first.Status.ShouldBe(201, first.Text);
        (await HoldAsync(one)).Status.ShouldBe(201);
        TooMany(await HoldAsync(one));
        (await HoldAsync(other)).Status.ShouldBe(201);
        (await _app.SendAsync(HttpMethod.Delete, first.Header("Location")!, null, null, one)).Status.ShouldBe(204);
        (await HoldAsync(one)).Status.ShouldBe(201);
    }

    private async Task Writes_come_in_bursts_of_20()
    {
        var replies = new List<Reply>();
        while (replies.Count < 40 && !replies.Exists(reply => reply.Status == 429))
        {
            replies.Add(await _app.PostAsync("/api/appointments", new { }, from: "127.0.2.1"));
        }

        // One comes back every 3 seconds while these go out.
        replies.Count.ShouldBeInRange(21, 30);
        replies.Take(20).ShouldAllBe(reply => reply.Code == "invalid");
        TooMany(replies[^1]);
        (await _app.GetAsync("/api/topics", from: "127.0.2.1")).Status.ShouldBe(200);
        (await _app.PostAsync("/api/appointments", new { }, from: "127.0.2.2")).Code.ShouldBe("invalid");

        // The hotline sits behind one address, and is counted apart; who is not of the staff is not.
        foreach (var _ in Enumerable.Range(0, 40))
        {
            (await _app.PostAsync("/api/hotline/search", new { }, "hotline", from: "127.0.2.1")).Code.ShouldBe("invalid");
        }

        (await _app.PostAsync("/api/hotline/search", new { }, from: "127.0.2.1")).Code.ShouldBe("too-many");

        // A header that anyone can write gives nobody another address.
        var forged = await _app.SendAsync(HttpMethod.Post, "/api/appointments", ContractApp.Content("{}"), null, "127.0.2.1", ("X-Forwarded-For", "192.0.2.7"));
        forged.Code.ShouldBe("too-many");
        (await ThroughFrontDoorAsync("11111111-2222-3333-4444-555555555555", "192.0.2.8")).Code.ShouldBe("too-many");

        // The front door has one address, and the people behind it have one each.
        foreach (var _ in Enumerable.Range(0, 20))
        {
            (await ThroughFrontDoorAsync(FrontDoor, "192.0.2.9:4711")).Code.ShouldBe("invalid");
        }

        while ((await ThroughFrontDoorAsync(FrontDoor, "192.0.2.9")).Code != "too-many")
        {
            // One comes back every 3 seconds.
        }

        (await ThroughFrontDoorAsync(FrontDoor, "[2001:db8::9]:443")).Code.ShouldBe("invalid");
    }

    private Task<Reply> ThroughFrontDoorAsync(string id, string client) =>
        _app.SendAsync(HttpMethod.Post, "/api/appointments", ContractApp.Content("{}"), null, "127.0.2.1", ("X-Azure-FDID", id), ("X-Azure-SocketIP", client));

    private async Task Reads_come_in_bursts_of_60()
    {
        var replies = new List<Reply>();
        while (replies.Count < 300 && !replies.Exists(reply => reply.Status == 429))
        {
            replies.Add(await _app.GetAsync("/api/topics", from: "127.0.3.1"));
        }

        replies.Take(60).ShouldAllBe(reply => reply.Status == 200);
        TooMany(replies[^1]);
        (await _app.GetAsync("/api/health", from: "127.0.3.1")).Status.ShouldBe(200);
    }

    private async Task After_10_wrong_keys_even_the_right_one_is_refused()
    {
        var (guesser, owner) = ("127.0.4.1", "127.0.4.2");
        var appointment = (await _app.PostAsync("/api/appointments", _app.Booking(await _app.DrawStartAsync()), from: owner)).Json;
        var (reference, key) = (appointment.GetProperty("reference").GetString(), appointment.GetProperty("key").GetString());
        (await _app.GetAsync($"/api/appointments/{reference}?key={key}", from: guesser)).Status.ShouldBe(200);
        var guesses = new List<Reply>();
        while (guesses.Count < 30 && !guesses.Exists(reply => reply.Status == 429))
        {
            guesses.Add(await _app.GetAsync($"/api/appointments/{reference}?key={guesses.Count:D13}", from: guesser));
        }

        // One comes back every 6 seconds while these go out.
        guesses.Count.ShouldBeInRange(11, 16);
        guesses.Take(10).ShouldAllBe(reply => reply.Code == "not-found");
        TooMany(guesses[^1]);

        TooMany(await _app.GetAsync($"/api/appointments/{reference}?key={key}", from: guesser));
        TooMany(await _app.GetAsync($"/api/appointments/{reference}/calendar.ics?key={key}", from: guesser));
        TooMany(await _app.PostAsync($"/api/appointments/{reference}/cancel", new { key }, from: guesser));
        TooMany(await _app.PostAsync($"/api/appointments/{reference}/move", new { key }, from: guesser));
        TooMany(await _app.PostAsync($"/api/appointments/{reference}/link", new { phone = "06 39 98 12 34" }, from: guesser));
        TooMany(await _app.GetAsync("/calendars/x.ics", from: guesser));
        var page = await _app.GetAsync($"/r/{reference}/{key}", from: guesser);
        (page.Status, page.MediaType).ShouldBe((429, "text/html"));
        (await _app.GetAsync("/" + RouteValues.TokenOf(appointment), from: guesser)).Status.ShouldBe(429);
        (await _app.GetAsync($"/api/appointments/{reference}?key={key}", from: owner)).Status.ShouldBe(200);
        (await _app.GetAsync($"/r/{reference}/{key}", from: owner)).Status.ShouldBe(200);
    }

    private async Task A_number_books_5_appointments()
    {
        var phone = _app.DrawPhone();
        for (var i = 0; i < 5; i++)
        {
            (await _app.PostAsync("/api/appointments", _app.Booking(await _app.DrawStartAsync(), phone), from: "127.0.5.1")).Status.ShouldBe(201);
        }

        var sixth = await _app.PostAsync("/api/appointments", _app.Booking(await _app.DrawStartAsync(), phone.Replace(" ", "", StringComparison.Ordinal)), from: "127.0.5.2");
        TooMany(sixth);
        (await _app.PostAsync("/api/hotline/appointments", _app.Booking(await _app.DrawStartAsync(), phone), "hotline", from: "127.0.5.3")).Status.ShouldBe(201);
        (await _app.PostAsync("/api/appointments", _app.Booking(await _app.DrawStartAsync()), from: "127.0.5.1")).Status.ShouldBe(201);
    }

    private async Task<Reply> HoldAsync(string from) => await _app.PostAsync(
        "/api/holds",
        new { territory = "69", topic = ContractApp.Topic, start = await _app.DrawStartAsync(), placeId = ContractApp.Place, advisorId = ContractApp.Advisor },
        from: from);

    private static void TooMany(Reply reply)
    {
        reply.Code.ShouldBe("too-many", reply.ToString());
        reply.Status.ShouldBe(429);
        int.Parse(reply.Header("Retry-After").ShouldNotBeNull(), System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
    }
}
