using Rdv.Booking;
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

    /// <summary>The second hour is taken by somebody: to be refused it with the key of the first must not give the first one back.</summary>
    [Fact]
    public async Task A_key_that_was_refused_another_hour_still_counts_for_its_own()
    {
        var starts = await DrawAsync(14);
        var taken = starts[^1];
        taken[..10].ShouldNotBe(starts[3][..10]);
        (await HoldAsync(taken, "127.0.6.20")).Status.ShouldBe(201);
        var kept = 0;
        foreach (var (start, i) in starts.Take(4).Select((start, i) => (start, i)))
        {
            kept += (await HoldAsync(start, "127.0.6.21", $"key {i}")).Status == 201 ? 1 : 0;
            (await HoldAsync(taken, "127.0.6.21", $"key {i}")).Code.ShouldBeOneOf("slot-taken", "too-many");
        }

        kept.ShouldBe(2);
        (await HeldAsync(starts.Take(4))).ShouldBe(2);
    }

    /// <summary>A token is no secret of ours: who holds one may write the next.</summary>
    [Fact]
    public async Task To_give_back_a_hold_that_is_not_there_gives_nothing_back()
    {
        var starts = await DrawAsync(5);
        var kept = 0;
        foreach (var start in starts)
        {
            var held = await HoldAsync(start, "127.0.6.22");
            if (held.Status != 201)
            {
                continue;
            }

            kept++;
            HoldToken.TryParse(held.Json.GetProperty("hold").GetString(), out var token).ShouldBeTrue();
            foreach (var forged in new[] { token with { Date = token.Date.PlusDays(1) }, token with { AdvisorId = new("bachir-modele") } })
            {
                (await _app.SendAsync(HttpMethod.Delete, $"/api/holds/{forged}", null, null, "127.0.6.22")).Status.ShouldBe(204);
            }
        }

        kept.ShouldBe(2);
        (await HeldAsync(starts)).ShouldBe(2);
    }

    [Fact]
    public async Task One_key_keeps_an_hour_of_two_advisors_and_not_of_a_third()
    {
        string[] advisors = [ContractApp.Advisor, "bachir-modele", "camille-essai", "elise-maquette"];
        var kept = new Dictionary<string, int>();
        foreach (var advisor in advisors)
        {
            foreach (var slot in (await _app.GetAsync($"/api/territories/69/slots?topic={ContractApp.Topic}&days=42&advisor={advisor}")).Json.GetProperty("slots").EnumerateArray())
            {
                var (start, place) = (slot.GetProperty("start").GetString()!, slot.GetProperty("placeId").GetString());
                if (kept.GetValueOrDefault(start) >= 0 && !kept.ContainsKey(start + advisor))
                {
                    kept[start + advisor] = 1;
                    kept[start] = kept.GetValueOrDefault(start) + 1;
                }
            }
        }

        var shared = kept.Where(one => one.Key.Length == 25).MaxBy(one => one.Value);
        shared.Value.ShouldBeGreaterThan(2, "no hour of three advisors in the sample");
        var held = 0;
        foreach (var advisor in advisors)
        {
            foreach (var place in (await _app.GetAsync("/api/territories/69/places")).Json.EnumerateArray().Select(place => place.GetProperty("id").GetString()))
            {
                held += (await _app.PostAsync(
                    "/api/holds", new { territory = "69", topic = ContractApp.Topic, start = shared.Key, placeId = place, advisorId = advisor }, from: "127.0.6.23", idempotencyKey: "the same")).Status == 201 ? 1 : 0;
            }
        }

        held.ShouldBe(2);
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
