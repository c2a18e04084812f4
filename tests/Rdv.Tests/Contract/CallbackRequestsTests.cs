using System.Text.Json;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>The waiting list over HTTP: what anyone asks, what the key opens, what staff count.</summary>
[Collection(SharedContractApp.Name)]
public sealed class CallbackRequestsTests(ContractApp app)
{
    private const string Route = "/api/callback-requests";

    [Fact]
    public async Task A_request_is_taken_repeated_and_refused_as_described()
    {
        var body = Body(app.DrawPhone());
        var key = Guid.NewGuid().ToString();
        var first = await app.PostAsync(Route, body, idempotencyKey: key);
        var id = AnswersTests.Described(first, "POST", Route, 201).GetProperty("id").GetString()!;
        first.Header("Location").ShouldBe($"{Route}/{id}");
        AnswersTests.Described(await app.PostAsync(Route, body, idempotencyKey: key), "POST", Route, 200).GetRawText().ShouldBe(first.Json.GetRawText());
        var other = await app.PostAsync(Route, Body(app.DrawPhone()), idempotencyKey: key);
        AnswersTests.Described(other, "POST", Route, 409);
        other.Code.ShouldBe("idempotency-mismatch");
    }

    [Fact]
    public async Task What_is_wrong_is_said_by_field_in_French()
    {
        var wrong = await app.PostAsync(Route, new { territory = "69", topic = "danse", insee = "00000", citizen = new { name = "", phone = "06 12" }, note = new string('x', 501) });
        AnswersTests.Described(wrong, "POST", Route, 400);
        wrong.Json.GetProperty("errors").EnumerateObject().Select(field => field.Name)
            .ShouldBe(["topic", "insee", "citizen.name", "citizen.phone", "note"], ignoreOrder: true);
        (await app.PostAsync(Route, new { territory = "00" })).Json.GetProperty("errors").TryGetProperty("territory", out _).ShouldBeTrue();
        (await app.PostAsync(Route, new { territory = "69", topic = ContractApp.Topic })).Json.GetProperty("errors").TryGetProperty("citizen", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_number_has_5_requests_open()
    {
        var phone = app.DrawPhone();
        for (var i = 0; i < 5; i++)
        {
            (await app.PostAsync(Route, Body(phone))).Status.ShouldBe(201);
        }

        var sixth = await app.PostAsync(Route, Body(phone));
        (sixth.Status, sixth.Code).ShouldBe((429, "too-many"));
        sixth.Header("Retry-After").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_freed_slot_is_offered_claimed_once_and_closes_the_request()
    {
        // A list of its own: nobody else waits, and nothing else was given back.
        await using var app = await ContractApp.StartAsync();
        var start = await app.DrawStartAsync();
        var booked = (await app.PostAsync("/api/appointments", app.Booking(start))).Json;
        var (id, key) = await app.AskToBeCalledAsync();
        var (otherId, otherKey) = await app.AskToBeCalledAsync();
        (await app.PostAsync($"/api/hotline/appointments/{booked.GetProperty("reference").GetString()}/cancel", new { }, "hotline")).Status.ShouldBe(200);
        await app.RunTimerAsync("DoChores");

        var request = AnswersTests.Described(await app.GetAsync($"{Route}/{id}?key={key}"), "GET", Route + "/{id}", 200);
        request.GetProperty("status").GetString().ShouldBe("waiting");
        var offer = request.GetProperty("offers").EnumerateArray().ShouldHaveSingleItem();
        offer.GetProperty("start").GetString().ShouldBe(start);

        var none = await app.PostAsync($"{Route}/{id}/claim", new { key, start = "2026-01-01T09:00:00+01:00" });
        AnswersTests.Described(none, "POST", Route + "/{id}/claim", 400);
        var taken = await app.PostAsync($"{Route}/{id}/claim", new { key, start });
        AnswersTests.Described(taken, "POST", Route + "/{id}/claim", 201).GetProperty("start").GetString().ShouldBe(start);
        taken.Header("Location").ShouldBe($"/api/appointments/{taken.Json.GetProperty("reference").GetString()}");
        AnswersTests.Described(await app.PostAsync($"{Route}/{id}/claim", new { key, start }), "POST", Route + "/{id}/claim", 200)
            .GetProperty("reference").GetString().ShouldBe(taken.Json.GetProperty("reference").GetString());
        AnswersTests.Described(await app.PostAsync($"{Route}/{id}/claim", new { key }), "POST", Route + "/{id}/claim", 409);
        AnswersTests.Described(await app.GetAsync($"{Route}/{id}?key={key}"), "GET", Route + "/{id}", 200).GetProperty("status").GetString().ShouldBe("closed");

        var late = await app.PostAsync($"{Route}/{otherId}/claim", new { key = otherKey, start });
        AnswersTests.Described(late, "POST", Route + "/{id}/claim", 409);
        late.Code.ShouldBe("slot-taken");
        AnswersTests.Described(await app.GetAsync($"{Route}/{otherId}?key={otherKey}"), "GET", Route + "/{id}", 200).GetProperty("status").GetString().ShouldBe("waiting");
        for (var i = 0; i < 2; i++)
        {
            AnswersTests.Described(await app.PostAsync($"{Route}/{otherId}/cancel", new { key = otherKey }), "POST", Route + "/{id}/cancel", 200)
                .GetProperty("status").GetString().ShouldBe("closed");
        }
    }

    [Fact]
    public async Task An_unknown_request_and_a_wrong_key_are_the_same_404()
    {
        var (id, key) = await app.AskToBeCalledAsync();
        foreach (var (who, secret) in new[] { (id, "0123456789ABC"), (id, ""), ("69-q00000000", key), ("69-K7Q2-9XM4", key), ("x", key) })
        {
            foreach (var reply in new[]
            {
                await app.GetAsync($"{Route}/{who}?key={secret}"),
                await app.PostAsync($"{Route}/{who}/claim", new { key = secret }),
                await app.PostAsync($"{Route}/{who}/cancel", new { key = secret }),
            })
            {
                (reply.Status, reply.Code).ShouldBe((404, "not-found"), $"{who} {secret}");
            }
        }

        (await app.GetAsync($"{Route}/{id}?key={key}")).Json.GetProperty("status").GetString().ShouldBe("waiting");
    }

    [Fact]
    public async Task Unmet_demand_is_counted_in_JSON_and_in_CSV()
    {
        await app.AskToBeCalledAsync();
        var counts = AnswersTests.Described(await app.GetAsync("/api/admin/demand?territory=69", "hotline"), "GET", "/api/admin/demand", 200);
        counts.EnumerateArray().ShouldContain(count => count.GetProperty("commune").GetString() == "Vaulx-en-Velin");
        var csv = await app.GetAsync("/api/admin/demand?format=csv", "admin");
        csv.MediaType.ShouldBe("text/csv");
        csv.Text.ShouldContain("semaine;departement;code_insee;commune;sujet;demandes");
        csv.Text.ShouldContain(";69;69256;Vaulx-en-Velin;premiers-pas;");
        AnswersTests.Described(await app.GetAsync("/api/admin/demand?from=2026-12-01&to=2026-01-01", "admin"), "GET", "/api/admin/demand", 400);
        AnswersTests.Described(await app.GetAsync("/api/admin/demand?territory=zz", "admin"), "GET", "/api/admin/demand", 400);
    }

    [Fact]
    public async Task Where_nothing_is_free_the_answer_has_places_elsewhere_and_otherwise_not()
    {
        var none = AnswersTests.Described(
            await app.GetAsync($"/api/territories/42/slots?topic={ContractApp.Topic}&insee=42218"), "GET", "/api/territories/{territory}/slots", 200);
        none.GetProperty("elsewhere").ValueKind.ShouldBe(JsonValueKind.Array);
        var found = AnswersTests.Described(
            await app.GetAsync($"/api/territories/69/slots?topic={ContractApp.Topic}&days=14&insee=69256"), "GET", "/api/territories/{territory}/slots", 200);
        found.GetProperty("slots").GetArrayLength().ShouldBeGreaterThan(0);
        found.TryGetProperty("elsewhere", out _).ShouldBeFalse();
    }

    private static object Body(string phone) => new { territory = "69", topic = ContractApp.Topic, insee = "69256", citizen = new { name = "Odette Fictive", phone } };
}
