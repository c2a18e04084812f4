using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>A limit holds whatever comes at once, and counts what there is: each from a client address of its own.</summary>
public sealed class LimitsAtOnceTests : IAsyncLifetime
{
    private ContractApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await ContractApp.StartAsync(limits: true);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Fifteen_holds_at_once_are_two()
    {
        var starts = await DrawAsync(15);
        var replies = await Task.WhenAll(starts.Select(start => HoldAsync(start, "127.0.6.1")));
        replies.Count(reply => reply.Status == 201).ShouldBe(2);
        replies.Where(reply => reply.Status != 201).ShouldAllBe(reply => reply.Code == "too-many" || reply.Code == "busy");
        (await HeldAsync(starts)).ShouldBe(2);
    }

    [Fact]
    public async Task Forms_without_a_cookie_keep_two_slots_and_turn_nobody_away()
    {
        var starts = await DrawAsync(12);
        var replies = await Task.WhenAll(starts.Select(start => ChooseAsync(start, "127.0.6.2")));
        replies.ShouldAllBe(reply => reply.Status == 303);
        replies.ShouldAllBe(reply => reply.Header("Location")!.StartsWith("/reserver?demande=", StringComparison.Ordinal));
        (await HeldAsync(starts)).ShouldBe(2);
        (await _app.GetAsync(replies[0].Header("Location")!)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Browsers_of_one_library_keep_one_slot_each()
    {
        var starts = await DrawAsync(8);
        var cookies = new List<string>();
        foreach (var start in starts.Take(4))
        {
            // Each one's first choice gives the cookie; the second one is kept whatever the others keep.
            cookies.Add((await ChooseAsync(start, "127.0.6.3")).Header("Set-Cookie")!.Split(';')[0]);
        }

        foreach (var (start, cookie) in starts.Skip(4).Zip(cookies))
        {
            (await ChooseAsync(start, "127.0.6.3", cookie)).Status.ShouldBe(303);
        }

        (await HeldAsync(starts.Skip(4))).ShouldBe(4);
        (await HeldAsync(starts.Take(4))).ShouldBe(0);
    }

    [Fact]
    public async Task A_hold_that_became_an_appointment_counts_no_longer()
    {
        foreach (var start in await DrawAsync(5))
        {
            var held = await HoldAsync(start, "127.0.6.4");
            held.Status.ShouldBe(201, held.Text);
            var booked = await _app.PostAsync(
                "/api/appointments",
                new
                {
                    territory = "69",
                    topic = ContractApp.Topic,
                    start,
                    placeId = ContractApp.Place,
                    advisorId = ContractApp.Advisor,
                    hold = held.Json.GetProperty("hold").GetString(),
                    citizen = new { name = "Odette Fictive", phone = _app.DrawPhone() },
                },
                from: "127.0.6.4");
            booked.Status.ShouldBe(201, booked.Text);
        }
    }

    [Fact]
    public async Task A_hold_asked_for_again_is_the_same_hold()
    {
        var starts = await DrawAsync(2);
        var first = await HoldAsync(starts[0], "127.0.6.5", "one");
        (await HoldAsync(starts[1], "127.0.6.5", "two")).Status.ShouldBe(201);
        var again = await HoldAsync(starts[0], "127.0.6.5", "one");
        (first.Status, again.Status, again.Text).ShouldBe((201, 200, first.Text));
    }

    [Fact]
    public async Task A_hold_that_was_refused_does_not_count()
    {
        var starts = await DrawAsync(3);
        (await HoldAsync(starts[0], "127.0.6.6")).Status.ShouldBe(201);
        for (var i = 0; i < 4; i++)
        {
            (await HoldAsync(starts[0], "127.0.6.7")).Code.ShouldBe("slot-taken");
        }

        (await HoldAsync(starts[1], "127.0.6.7")).Status.ShouldBe(201);
        (await HoldAsync(starts[2], "127.0.6.7")).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Five_appointments_of_a_number_are_five_in_the_next_territory_too()
    {
        var phone = _app.DrawPhone();
        var replies = await Task.WhenAll((await DrawAsync(12)).Select(start => _app.PostAsync("/api/appointments", _app.Booking(start, phone), from: "127.0.6.8")));
        replies.Count(reply => reply.Status == 201).ShouldBe(5);
        replies.Where(reply => reply.Status != 201).ShouldAllBe(reply => reply.Code == "too-many");
        var elsewhere = (await _app.GetAsync($"/api/territories/67/slots?topic={ContractApp.Topic}&days=30")).Json.GetProperty("slots")[20];
        var next = await _app.PostAsync(
            "/api/appointments",
            new
            {
                territory = "67",
                topic = ContractApp.Topic,
                start = elsewhere.GetProperty("start").GetString(),
                placeId = elsewhere.GetProperty("placeId").GetString(),
                citizen = new { name = "Odette Fictive", phone },
            },
            from: "127.0.6.9");
        next.Code.ShouldBe("too-many", next.Text);

        // What is cancelled makes room for one, and one only.
        var booked = replies.First(reply => reply.Status == 201).Json;
        await _app.PostAsync($"/api/appointments/{booked.GetProperty("reference").GetString()}/cancel", new { key = booked.GetProperty("key").GetString() }, from: "127.0.6.9");
        var after = await Task.WhenAll((await DrawAsync(4)).Select(start => _app.PostAsync("/api/appointments", _app.Booking(start, phone), from: "127.0.6.9")));
        after.Count(reply => reply.Status == 201).ShouldBe(1);
    }

    [Fact]
    public async Task Fifty_five_wrong_keys_at_once_are_ten()
    {
        var appointment = await _app.BookAsync();
        var (reference, key) = (appointment.GetProperty("reference").GetString(), appointment.GetProperty("key").GetString());
        var guesses = await Task.WhenAll(Enumerable.Range(0, 55).Select(i => _app.GetAsync($"/api/appointments/{reference}?key={i:D13}", from: "127.0.6.10")));

        // One comes back every 6 seconds.
        guesses.Count(reply => reply.Code == "not-found").ShouldBeInRange(10, 12);
        guesses.Where(reply => reply.Code != "not-found").ShouldAllBe(reply => reply.Code == "too-many");

        // Right ones are not refused for coming together.
        (await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => _app.GetAsync($"/api/appointments/{reference}?key={key}", from: "127.0.6.11"))))
            .ShouldAllBe(reply => reply.Status == 200);
    }

    private async Task<IReadOnlyList<string>> DrawAsync(int count)
    {
        var starts = new List<string>();
        while (starts.Count < count)
        {
            starts.Add(await _app.DrawStartAsync());
        }

        return starts;
    }

    private Task<Reply> HoldAsync(string start, string from, string? key = null) => _app.PostAsync(
        "/api/holds",
        new { territory = "69", topic = ContractApp.Topic, start, placeId = ContractApp.Place, advisorId = ContractApp.Advisor },
        from: from,
        idempotencyKey: key);

    private Task<Reply> ChooseAsync(string start, string from, string? cookie = null) => _app.SendAsync(
        HttpMethod.Post,
        "/reserver/heure",
        ContractApp.Content($"commune=69256&sujet={ContractApp.Topic}&creneau={start[..16]}%40{ContractApp.Place}&jeton={Guid.NewGuid():N}", "application/x-www-form-urlencoded"),
        null,
        from,
        cookie is null ? [] : [("Cookie", cookie)]);

    /// <summary>How many of these hours anybody keeps: those at which somebody holds one.</summary>
    private async Task<int> HeldAsync(IEnumerable<string> starts)
    {
        var held = new List<string>();
        foreach (var advisor in new[] { ContractApp.Advisor, "bachir-modele" })
        {
            var from = (await _app.NowAsync()).InUtc().Date;
            var agenda = await _app.GetAsync($"/api/advisors/69/{advisor}/agenda?from={from:uuuu-MM-dd}&days=42", "admin");
            held.AddRange(agenda.Json.GetProperty("entries").EnumerateArray()
                .Where(entry => entry.GetProperty("kind").GetString() == "hold")
                .Select(entry => entry.GetProperty("start").GetString()!));
        }

        return held.Count(starts.Contains);
    }
}
