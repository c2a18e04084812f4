using System.Text.Json;
using NodaTime.Text;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>Makes the calls of the API, and holds every answer against what openapi.json says of it.</summary>
[Collection(SharedContractApp.Name)]
public sealed class AnswersTests(ContractApp app)
{
    private static readonly Description Api = Description.Load();

    [Fact]
    public async Task What_anyone_reads_is_as_described()
    {
        Described(await app.GetAsync("/api/health"), "GET", "/api/health", 200);
        Described(await app.GetAsync("/api/communes?q=vaul"), "GET", "/api/communes", 200).GetArrayLength().ShouldBeInRange(1, 10);
        Described(await app.GetAsync("/api/topics"), "GET", "/api/topics", 200).GetArrayLength().ShouldBe(19);
        var slots = Described(
            await app.GetAsync($"/api/territories/69/slots?topic={ContractApp.Topic}&days=1&insee=69256"), "GET", "/api/territories/{territory}/slots", 200);
        slots.GetProperty("timeZone").GetString().ShouldBe("Europe/Paris");
        slots.GetProperty("nextAvailable").ValueKind.ShouldBe(JsonValueKind.Object);
        var places = Described(await app.GetAsync("/api/territories/69/places?insee=69256"), "GET", "/api/territories/{territory}/places", 200);
        places[0].GetProperty("id").GetString().ShouldBe(ContractApp.Place);

        var document = Described(await app.GetAsync("/api/openapi.json"), "GET", "/api/openapi.json", 200);
        document.GetProperty("openapi").GetString().ShouldBe("3.1.0");
    }

    [Fact]
    public async Task A_hold_is_placed_repeated_and_given_back()
    {
        var body = new { territory = "69", topic = ContractApp.Topic, start = await app.DrawStartAsync(), placeId = ContractApp.Place, advisorId = ContractApp.Advisor };
        var key = Guid.NewGuid().ToString();
        var first = await app.PostAsync("/api/holds", body, idempotencyKey: key);
        var hold = Described(first, "POST", "/api/holds", 201).GetProperty("hold").GetString()!;
        first.Header("Location").ShouldBe($"/api/holds/{hold}");
        var again = await app.PostAsync("/api/holds", body, idempotencyKey: key);
        Described(again, "POST", "/api/holds", 200).GetRawText().ShouldBe(first.Json.GetRawText());
        Described(await app.PostAsync("/api/holds", body), "POST", "/api/holds", 409);
        (await app.SendAsync(HttpMethod.Delete, $"/api/holds/{hold}")).Status.ShouldBe(204);
        (await app.SendAsync(HttpMethod.Delete, $"/api/holds/{hold}")).Status.ShouldBe(204);
        (await app.SendAsync(HttpMethod.Delete, $"/api/holds/{Described(await app.PostAsync("/api/holds", body), "POST", "/api/holds", 201).GetProperty("hold").GetString()}"))
            .Status.ShouldBe(204);
    }

    [Fact]
    public async Task An_appointment_is_booked_read_moved_and_cancelled()
    {
        var body = app.Booking(await app.DrawStartAsync());
        var key = Guid.NewGuid().ToString();
        var booked = await app.PostAsync("/api/appointments", body, idempotencyKey: key);
        var appointment = Described(booked, "POST", "/api/appointments", 201);
        var (reference, secret) = (appointment.GetProperty("reference").GetString()!, appointment.GetProperty("key").GetString()!);
        booked.Header("Location").ShouldBe($"/api/appointments/{reference}");
        appointment.GetProperty("manageUrl").GetString().ShouldBe(new Uri(app.App.BaseUrl, $"/r/{reference}/{secret}").ToString());

        var again = await app.PostAsync("/api/appointments", body, idempotencyKey: key);
        Described(again, "POST", "/api/appointments", 200).GetRawText().ShouldBe(booked.Json.GetRawText());

        var read = await app.GetAsync($"/api/appointments/{reference}?key={secret}");
        Described(read, "GET", "/api/appointments/{reference}", 200).GetRawText().ShouldBe(booked.Json.GetRawText());
        read.Header("Cache-Control").ShouldBe("no-store");

        var start = await app.DrawStartAsync();
        var move = new { key = secret, start };
        var moved = Described(await app.PostAsync($"/api/appointments/{reference}/move", move), "POST", "/api/appointments/{reference}/move", 200);
        moved.GetProperty("version").GetInt32().ShouldBe(2);
        moved.GetProperty("start").GetString().ShouldBe(start);
        Described(await app.PostAsync($"/api/appointments/{reference}/move", move), "POST", "/api/appointments/{reference}/move", 200)
            .GetProperty("version").GetInt32().ShouldBe(2);

        var calendar = await app.GetAsync($"/api/appointments/{reference}/calendar.ics?key={secret}");
        calendar.Status.ShouldBe(200);
        calendar.MediaType.ShouldBe("text/calendar");
        calendar.Text.ShouldContain("METHOD:PUBLISH");

        (await app.PostAsync($"/api/appointments/{reference}/link", new { phone = "01 23 45 67 89" })).Status.ShouldBe(202);

        var cancelled = Described(await app.PostAsync($"/api/appointments/{reference}/cancel", new { key = secret }), "POST", "/api/appointments/{reference}/cancel", 200);
        cancelled.GetProperty("status").GetString().ShouldBe("cancelled");
        cancelled.GetProperty("cancelledBy").GetString().ShouldBe("citizen");
        Described(await app.PostAsync($"/api/appointments/{reference}/cancel", new { key = secret }), "POST", "/api/appointments/{reference}/cancel", 200)
            .GetRawText().ShouldBe(cancelled.GetRawText());
    }

    [Fact]
    public async Task The_hotline_books_finds_moves_cancels_and_calls_back()
    {
        var phone = "01 99 00 45 67";
        var body = new
        {
            territory = "69",
            topic = ContractApp.Topic,
            start = await app.DrawStartAsync(),
            placeId = ContractApp.Place,
            advisorId = ContractApp.Advisor,
            citizen = new { name = "Raymond Fictif", phone, email = "raymond@exemple.example", needs = "Malentendant" },
            helper = new { name = "Aurore Fictive", phone = app.DrawPhone(), consent = true },
            note = "Rappeler le matin",
        };
        var booked = Described(await app.PostAsync("/api/hotline/appointments", body, "hotline"), "POST", "/api/hotline/appointments", 201);
        booked.GetProperty("channel").GetString().ShouldBe("phone");
        booked.GetProperty("citizen").GetProperty("phone").GetString().ShouldBe("+33199004567");
        var reference = booked.GetProperty("reference").GetString()!;

        foreach (var search in new object[] { new { phone }, new { phone, territory = "69" }, new { reference }, new { territory = "69", date = body.start[..10], name = "raymond" } })
        {
            Described(await app.PostAsync("/api/hotline/search", search, "hotline"), "POST", "/api/hotline/search", 200)
                .GetProperty("appointments")[0].GetProperty("reference").GetString().ShouldBe(reference);
        }

        var calls = Described(
            await app.GetAsync("/api/hotline/callbacks?territory=69&until=2100-01-01T00:00:00Z", "hotline"), "GET", "/api/hotline/callbacks", 200);
        var call = calls.EnumerateArray().Single(one => one.GetProperty("reference").GetString() == reference);
        call.GetProperty("reason").GetString().ShouldBe("landline");
        var later = Described(
            await app.PostAsync($"/api/hotline/callbacks/{call.GetProperty("id").GetString()}", new { outcome = "no-answer" }, "hotline"),
            "POST", "/api/hotline/callbacks/{id}", 200);
        Described(
            await app.PostAsync($"/api/hotline/callbacks/{later.GetProperty("id").GetString()}", new { outcome = "reached", note = "Viendra" }, "hotline"),
            "POST", "/api/hotline/callbacks/{id}", 200);

        Described(
            await app.PostAsync($"/api/hotline/appointments/{reference}/move", new { start = await app.DrawStartAsync() }, "hotline"),
            "POST", "/api/hotline/appointments/{reference}/move", 200);
        Described(
            await app.PostAsync($"/api/hotline/appointments/{reference}/cancel", new { reason = "Malade" }, "hotline"),
            "POST", "/api/hotline/appointments/{reference}/cancel", 200).GetProperty("cancelReason").GetString().ShouldBe("Malade");
    }

    [Fact]
    public async Task A_structure_reads_its_load_and_an_import_is_reported()
    {
        var address = $"/api/structures/69/{ContractApp.Structure}/load";
        var load = Described(await app.GetAsync(address, $"structure:69/{ContractApp.Structure}"), "GET", "/api/structures/{territory}/{id}/load", 200);
        load.GetProperty("advisors").GetArrayLength().ShouldBeGreaterThan(0);
        var csv = await app.SendAsync(HttpMethod.Get, address, null, "admin", null, ("Accept", "text/csv"));
        csv.MediaType.ShouldBe("text/csv");
        csv.Text.ShouldStartWith("\uFEFFconseiller;nom;jour;");

        foreach (var (who, sums, route, of) in new[]
        {
            ("territory:69", "/api/territories/69/load?from=2026-11-01", "/api/territories/{territory}/load", "structure"),
            ("admin", "/api/load", "/api/load", "departement"),
        })
        {
            Described(await app.GetAsync(sums, who), "GET", route, 200);
            var open = await app.SendAsync(HttpMethod.Get, sums, null, who, null, ("Accept", "text/csv"));
            open.MediaType.ShouldBe("text/csv");
            open.Text.ShouldStartWith($"\uFEFF{of};nom;du;au;");
        }

        Described(await app.GetAsync("/api/territories/69/load?from=2026-11-31", "territory:69"), "GET", "/api/territories/{territory}/load", 400);
        Described(await app.GetAsync("/api/load?from=2026-11-30&to=2026-11-01", "admin"), "GET", "/api/load", 400);

        var structures = "id,nom,commune,code_postal,code_insee,adresse\nbibli,Bibliothèque,Bron,69500,69029,1 rue Fictive\n,,,,,\n";
        Described(
            await app.SendAsync(HttpMethod.Post, "/api/admin/import/structures?dryRun=true", ContractApp.Content(structures, "text/csv"), "admin"),
            "POST", "/api/admin/import/structures", 200);
        var advisors = $"id,structure_id,first_name,last_name,email,phone,topics,opening_hours\nzoe,{ContractApp.Structure},Zoé,Fictive,zoe@rdv.example,,,lundi matin\n";
        Described(
            await app.SendAsync(HttpMethod.Post, "/api/admin/import/advisors?dryRun=true", ContractApp.Content(advisors, "text/csv"), "admin"),
            "POST", "/api/admin/import/advisors", 200).GetProperty("problems").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task An_advisor_reads_and_changes_their_agenda()
    {
        const string Route = "/api/advisors/{territory}/{id}";
        const string Advisor = "/api/advisors/69/diego-fictif";
        const string Persona = "advisor:69/diego-fictif";
        var far = LocalDatePattern.Iso.Format((await app.NowAsync()).InUtc().Date.PlusDays(41));

        var agenda = Described(await app.GetAsync($"/api/advisors/69/{ContractApp.Advisor}/agenda?days=40", $"advisor:69/{ContractApp.Advisor}"), "GET", Route + "/agenda", 200);
        agenda.GetProperty("feed").GetString().ShouldNotBeNull().ShouldEndWith(".ics");
        (await app.GetAsync($"/api/advisors/69/{ContractApp.Advisor}/agenda", "hotline")).Json.GetProperty("feed").ValueKind.ShouldBe(JsonValueKind.Null);

        var hours = Described(await app.GetAsync(Advisor + "/opening-hours", Persona), "GET", Route + "/opening-hours", 200);
        Described(await app.SendAsync(HttpMethod.Put, Advisor + "/opening-hours", ContractApp.Content(hours.GetRawText()), Persona), "PUT", Route + "/opening-hours", 200);
        var twice = $"[{hours[0].GetRawText()},{hours[0].GetRawText()}]";
        Described(await app.SendAsync(HttpMethod.Put, Advisor + "/opening-hours", ContractApp.Content(twice), Persona), "PUT", Route + "/opening-hours", 409)
            .GetProperty("code").GetString().ShouldBe("overlap");

        var rules = Described(await app.GetAsync(Advisor + "/booking-rules", Persona), "GET", Route + "/booking-rules", 200);
        (rules.GetProperty("pauseMinutes").GetInt32(), rules.GetProperty("appointmentsPerDay").ValueKind).ShouldBe((0, JsonValueKind.Null));
        Described(await app.SendAsync(HttpMethod.Put, Advisor + "/booking-rules", ContractApp.Content("""{ "pauseMinutes": 15, "appointmentsPerDay": 6 }"""), Persona), "PUT", Route + "/booking-rules", 200);
        (await app.GetAsync(Advisor + "/booking-rules", "admin")).Json.GetProperty("pauseMinutes").GetInt32().ShouldBe(15);
        foreach (var wrong in new[]
        {
            "{}", """{ "pauseMinutes": 7 }""", """{ "pauseMinutes": 0, "appointmentsPerDay": 0 }""", """{ "pauseMinutes": 0, "travels": [null] }""",
            """{ "pauseMinutes": 0, "travels": [{ "from": "nowhere", "to": "mediatheque-des-cerisiers", "minutes": 5 }] }""",
        })
        {
            Described(await app.SendAsync(HttpMethod.Put, Advisor + "/booking-rules", ContractApp.Content(wrong), Persona), "PUT", Route + "/booking-rules", 400);
        }

        Described(await app.SendAsync(HttpMethod.Put, Advisor + "/booking-rules", ContractApp.Content(rules.GetRawText()), Persona), "PUT", Route + "/booking-rules", 200);

        var why = Described(await app.GetAsync(Advisor + "/why?date=" + far, Persona), "GET", Route + "/why", 200);
        why.GetProperty("days").EnumerateArray().Select(day => day.GetProperty("halfHours").GetArrayLength()).ShouldBe(Enumerable.Repeat(48, 7));
        Described(await app.GetAsync(Advisor + "/why?topic=cuisine", Persona), "GET", Route + "/why", 400);

        var absence = Described(await app.PostAsync(Advisor + "/absences", new { from = far, to = far }, Persona), "POST", Route + "/absences", 201);
        (await app.SendAsync(HttpMethod.Delete, $"{Advisor}/absences/{absence.GetProperty("id").GetString()}", null, Persona)).Status.ShouldBe(204);

        var booked = await app.BookAsync();
        var inside = await app.PostAsync(
            $"/api/advisors/69/{ContractApp.Advisor}/absences",
            new { from = booked.GetProperty("start").GetString(), to = booked.GetProperty("end").GetString() },
            $"advisor:69/{ContractApp.Advisor}");
        Described(inside, "POST", Route + "/absences", 409).GetProperty("appointments")[0].GetString().ShouldBe(booked.GetProperty("reference").GetString());
        inside.Code.ShouldBe("appointments-inside");
        (await app.PostAsync(
            $"/api/advisors/69/{ContractApp.Advisor}/appointments/{booked.GetProperty("reference").GetString()}/outcome", new { outcome = "kept" }, $"advisor:69/{ContractApp.Advisor}"))
            .Code.ShouldBe("invalid");

        var visit = new { walkIn = true };
        var key = Guid.NewGuid().ToString();
        Described(await app.PostAsync(Advisor + "/appointments", visit, Persona, idempotencyKey: key), "POST", Route + "/appointments", 201)
            .GetProperty("walkIns").GetInt32().ShouldBe(1);
        Described(await app.PostAsync(Advisor + "/appointments", visit, Persona, idempotencyKey: key), "POST", Route + "/appointments", 200);
        Described(
            await app.PostAsync($"/api/advisors/69/{ContractApp.Advisor}/appointments", app.Booking(await app.DrawStartAsync()), $"advisor:69/{ContractApp.Advisor}"),
            "POST", Route + "/appointments", 201).GetProperty("channel").GetString().ShouldBe("advisor");
    }

    [Fact]
    public async Task A_structure_closes_works_on_holidays_and_sees_who_comes()
    {
        const string Route = "/api/structures/{territory}/{id}";
        const string Structure = "/api/structures/69/tiers-lieu-la-passerelle";
        const string Persona = "structure:69/tiers-lieu-la-passerelle";
        var today = (await app.NowAsync()).InUtc().Date;
        var far = LocalDatePattern.Iso.Format(today.PlusDays(40));

        var closure = Described(await app.PostAsync(Structure + "/closures", new { from = far, to = far, inside = "cancel" }, Persona), "POST", Route + "/closures", 201);
        (await app.SendAsync(HttpMethod.Delete, $"{Structure}/closures/{closure.GetProperty("id").GetString()}", null, Persona)).Status.ShouldBe(204);
        Described(
            await app.SendAsync(HttpMethod.Put, $"{Structure}/holidays/{today.Year + 1}-07-14", ContractApp.Content("{ \"open\": true }"), Persona),
            "PUT", Route + "/holidays/{date}", 200);
        Described(await app.SendAsync(HttpMethod.Put, $"{Structure}/holidays/{today.Year + 1}-07-15", ContractApp.Content("{ \"open\": true }"), Persona), "PUT", Route + "/holidays/{date}", 400);
        Described(await app.SendAsync(HttpMethod.Put, Structure + "/phone-share", ContractApp.Content("{ \"phoneShare\": 20 }"), Persona), "PUT", Route + "/phone-share", 200)
            .GetProperty("phoneShare").GetInt32().ShouldBe(20);
        foreach (var wrong in new[] { "{}", "{ \"phoneShare\": 101 }", "{ \"phoneShare\": \"x\" }" })
        {
            Described(await app.SendAsync(HttpMethod.Put, Structure + "/phone-share", ContractApp.Content(wrong), Persona), "PUT", Route + "/phone-share", 400);
        }

        Described(await app.SendAsync(HttpMethod.Put, Structure + "/phone-share", ContractApp.Content("{ \"phoneShare\": 0 }"), Persona), "PUT", Route + "/phone-share", 200);
        Described(await app.GetAsync(Structure + "/today", Persona), "GET", Route + "/today", 200);
        Described(
            await app.PostAsync("/api/advisors/67/frieda-echantillon/leave", new { on = "2098-01-01" }, "structure:67/maison-de-quartier-des-tilleuls"),
            "POST", "/api/advisors/{territory}/{id}/leave", 200);
    }

    [Fact]
    public async Task A_feed_answers_304_to_who_has_it()
    {
        var tokens = (Rdv.Invites.FeedTokens)app.App.Services.GetService(typeof(Rdv.Invites.FeedTokens))!;
        var address = $"/calendars/{tokens.Of(Rdv.Territories.Territory.Parse("69"), new Rdv.Ids.AdvisorId("camille-essai"))}.ics";
        var feed = await app.GetAsync(address);
        feed.Status.ShouldBe(200);
        feed.MediaType.ShouldBe("text/calendar");
        (await app.SendAsync(HttpMethod.Get, address, null, null, null, ("If-None-Match", feed.Header("ETag")!))).Status.ShouldBe(304);
    }

    [Fact]
    public async Task What_is_read_on_a_condition_that_does_not_hold_is_stale()
    {
        var tokens = (Rdv.Invites.FeedTokens)app.App.Services.GetService(typeof(Rdv.Invites.FeedTokens))!;
        var feed = $"/calendars/{tokens.Of(Rdv.Territories.Territory.Parse("69"), new Rdv.Ids.AdvisorId("camille-essai"))}.ics";
        var version = (await app.GetAsync(feed)).Header("ETag")!;
        (await app.SendAsync(HttpMethod.Get, feed, null, null, null, ("If-Match", version))).Status.ShouldBe(200);
        foreach (var (address, route) in new[] { (feed, "/calendars/{file}"), ("/api/openapi.json", "/api/openapi.json") })
        {
            var stale = await app.SendAsync(HttpMethod.Get, address, null, null, null, ("If-Match", "\"another\""));
            Described(stale, "GET", route, 412).GetProperty("code").GetString().ShouldBe("stale");
            stale.Header("X-Content-Type-Options").ShouldBe("nosniff");
        }
    }

    /// <summary>The JSON of an answer, once its status, media type and content are those that the description names.</summary>
    internal static JsonElement Described(Reply reply, string method, string path, int status)
    {
        reply.Status.ShouldBe(status, reply.Text);
        var response = Api.ResponseOf(path, method, status).ShouldNotBeNull($"{method} {path} {status} is not described");
        var media = response.GetProperty("content").GetProperty(reply.MediaType!);
        Api.Check(reply.Json, media.GetProperty("schema")).ShouldBeEmpty($"{method} {path}: {reply.Text}");
        return reply.Json;
    }
}
