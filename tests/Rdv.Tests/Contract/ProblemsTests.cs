using System.Text;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>Every code of the conventions, where a client meets it.</summary>
[Collection(SharedContractApp.Name)]
public sealed class ProblemsTests(ContractApp app)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public async Task Slot_taken_comes_with_the_nearest_free_slots()
    {
        var start = await app.DrawStartAsync();
        (await app.PostAsync("/api/appointments", app.Booking(start))).Status.ShouldBe(201);
        var taken = await app.PostAsync("/api/appointments", app.Booking(start));
        AnswersTests.Described(taken, "POST", "/api/appointments", 409).GetProperty("alternatives").GetArrayLength().ShouldBeInRange(1, 5);
        taken.Code.ShouldBe("slot-taken");
        (await app.PostAsync("/api/hotline/appointments", app.Booking(start), "hotline")).Code.ShouldBe("slot-taken");

        var other = await app.BookAsync();
        var moved = await app.PostAsync($"/api/appointments/{other.GetProperty("reference").GetString()}/move", new { key = other.GetProperty("key").GetString(), start, advisorId = ContractApp.Advisor });
        moved.Code.ShouldBe("slot-taken", moved.Text);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_a_mismatch()
    {
        var key = Guid.NewGuid().ToString();
        var (start, phone) = (await app.DrawStartAsync(), app.DrawPhone());
        (await app.PostAsync("/api/appointments", app.Booking(start, phone), idempotencyKey: key)).Status.ShouldBe(201);
        (await app.PostAsync("/api/appointments", app.Booking(await app.DrawStartAsync(), phone), idempotencyKey: key)).Code.ShouldBe("idempotency-mismatch");
        (await app.PostAsync("/api/appointments", app.Booking(start, phone, "Une autre"), idempotencyKey: key)).Code.ShouldBe("idempotency-mismatch");

        // The same words in another spelling of JSON are the same body.
        var again = await app.SendAsync(
            HttpMethod.Post,
            "/api/appointments",
            ContractApp.Content(JsonSerializer.Serialize(app.Booking(start, phone), Indented)),
            null,
            null,
            ("Idempotency-Key", key));
        again.Status.ShouldBe(200, again.Text);
    }

    [Fact]
    public async Task The_same_key_for_another_hold_is_a_mismatch()
    {
        var key = Guid.NewGuid().ToString();
        var start = await app.DrawStartAsync();
        var body = new { territory = "69", topic = ContractApp.Topic, start, placeId = ContractApp.Place, advisorId = ContractApp.Advisor };
        (await app.PostAsync("/api/holds", body, idempotencyKey: key)).Status.ShouldBe(201);
        (await app.PostAsync("/api/holds", body with { topic = "internet" }, idempotencyKey: key)).Code.ShouldBe("idempotency-mismatch");
        (await app.PostAsync("/api/holds", body, idempotencyKey: key)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_version_that_is_not_the_current_one_is_stale()
    {
        var appointment = await app.BookAsync();
        var reply = await app.PostAsync(
            $"/api/appointments/{appointment.GetProperty("reference").GetString()}/move",
            new { key = appointment.GetProperty("key").GetString(), start = await app.DrawStartAsync(), version = 7 });
        AnswersTests.Described(reply, "POST", "/api/appointments/{reference}/move", 409);
        reply.Code.ShouldBe("stale");
    }

    [Fact]
    public async Task What_is_cancelled_cannot_be_moved()
    {
        var appointment = await app.BookAsync();
        var (reference, key) = (appointment.GetProperty("reference").GetString(), appointment.GetProperty("key").GetString());
        (await app.PostAsync($"/api/appointments/{reference}/cancel", new { key })).Status.ShouldBe(200);
        (await app.PostAsync($"/api/appointments/{reference}/move", new { key, start = await app.DrawStartAsync() })).Code.ShouldBe("too-late");
    }

    [Fact]
    public async Task Unknown_and_wrong_are_the_same_answer()
    {
        var appointment = await app.BookAsync();
        var reference = appointment.GetProperty("reference").GetString()!;
        var key = appointment.GetProperty("key").GetString()!;
        var wrong = (key[0] == '0' ? "1" : "0") + key[1..];
        var unknown = Rdv.Ids.AppointmentReference.Derive(Rdv.Territories.Territory.Parse("69"), Guid.NewGuid().ToString()).ToString();
        string[] addresses = ["/api/appointments/{0}?key={1}", "/api/appointments/{0}/calendar.ics?key={1}"];
        foreach (var address in addresses.Select(CompositeFormat.Parse))
        {
            var answers = new List<string>();
            foreach (var (name, with) in new[] { (reference, wrong), (reference, ""), (unknown, key), ("zz", key), ("69-0000-0000", key), (reference, key + "0"), (reference, "é") })
            {
                var reply = await app.GetAsync(string.Format(null, address, Uri.EscapeDataString(name), Uri.EscapeDataString(with)));
                reply.Code.ShouldBe("not-found");
                answers.Add(reply.Text);
            }

            answers.Distinct().Count().ShouldBe(1);
        }

        foreach (var action in new[] { "cancel", "move" })
        {
            (await app.PostAsync($"/api/appointments/{reference}/{action}", new { key = wrong, start = "2026-11-24T09:00:00+01:00" })).Code.ShouldBe("not-found");
            (await app.PostAsync($"/api/appointments/{unknown}/{action}", new { key, start = "2026-11-24T09:00:00+01:00" })).Code.ShouldBe("not-found");
            (await app.PostAsync($"/api/hotline/appointments/{unknown}/{action}", new { start = "2026-11-24T09:00:00+01:00" }, "hotline")).Code.ShouldBe("not-found");
            (await app.PostAsync($"/api/hotline/appointments/zz/{action}", new { start = "2026-11-24T09:00:00+01:00" }, "hotline")).Code.ShouldBe("not-found");
        }

        foreach (var name in new[] { reference, unknown, "zz" })
        {
            var link = await app.PostAsync($"/api/appointments/{name}/link", new { phone = "06 39 98 99 99" });
            (link.Status, link.Bytes.Length).ShouldBe((202, 0));
        }
    }

    [Fact]
    public async Task A_key_is_read_as_people_type_it()
    {
        var appointment = await app.BookAsync();
        var (reference, key) = (appointment.GetProperty("reference").GetString()!, appointment.GetProperty("key").GetString()!);
        (await app.GetAsync($"/api/appointments/{reference.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()}?key={key.ToLowerInvariant()}")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("00")]
    [InlineData("20")]
    [InlineData("99")]
    [InlineData("xyz")]
    [InlineData("069")]
    [InlineData("6%209")]
    public async Task A_territory_that_does_not_exist_is_404_in_a_path_and_400_in_a_body(string code)
    {
        (await app.GetAsync($"/api/territories/{code}/slots?topic={ContractApp.Topic}")).Code.ShouldBe("not-found");
        (await app.GetAsync($"/api/territories/{code}/places")).Code.ShouldBe("not-found");
        (await app.GetAsync($"/api/structures/{code}/{ContractApp.Structure}/load", "admin")).Code.ShouldBe("not-found");
        var body = new { territory = Uri.UnescapeDataString(code), topic = ContractApp.Topic, start = "2026-11-24T09:00:00+01:00", placeId = ContractApp.Place, citizen = new { name = "Odette Fictive", phone = "06 39 98 12 34" } };
        foreach (var (path, persona) in new[] { ("/api/appointments", null), ("/api/holds", null), ("/api/hotline/appointments", "hotline") })
        {
            var reply = await app.PostAsync(path, body, persona);
            reply.Code.ShouldBe("invalid");
            reply.Json.GetProperty("errors").GetProperty("territory").GetArrayLength().ShouldBe(1);
        }

        (await app.PostAsync("/api/hotline/search", new { phone = "0639981234", territory = Uri.UnescapeDataString(code) }, "hotline")).Code.ShouldBe("invalid");
    }

    [Theory]
    [InlineData("topic=inconnu", "topic")]
    [InlineData("", "topic")]
    [InlineData("topic=premiers-pas&days=0", "days")]
    [InlineData("topic=premiers-pas&days=43", "days")]
    [InlineData("topic=premiers-pas&days=-1", "days")]
    [InlineData("topic=premiers-pas&days=sept", "days")]
    [InlineData("topic=premiers-pas&days=99999999999", "days")]
    [InlineData("topic=premiers-pas&from=2001-01-01", "from")]
    [InlineData("topic=premiers-pas&from=9999-12-31", "from")]
    [InlineData("topic=premiers-pas&from=-9998-01-01", "from")]
    [InlineData("topic=premiers-pas&from=demain", "from")]
    [InlineData("topic=premiers-pas&from=2026-02-30", "from")]
    public async Task A_search_says_which_value_is_wrong(string query, string field)
    {
        var reply = await app.GetAsync("/api/territories/69/slots?" + query);
        AnswersTests.Described(reply, "GET", "/api/territories/{territory}/slots", 400);
        reply.Code.ShouldBe("invalid");
        reply.Json.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe([field]);
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("9999-12-31T23:59:59-18:00")]
    [InlineData("-9998-01-01T00:00:00+18:00")]
    [InlineData("0001-01-01T00:00:00+18:00")]
    [InlineData("2026-02-30T09:00:00+01:00")]
    [InlineData("2026-11-24T09:00:00")]
    [InlineData("2026-11-24")]
    [InlineData("")]
    [InlineData("demain à neuf heures")]
    [InlineData(null)]
    public async Task An_hour_that_cannot_be_booked_is_invalid(string? start)
    {
        var appointment = await app.BookAsync();
        var (reference, key) = (appointment.GetProperty("reference").GetString(), appointment.GetProperty("key").GetString());
        foreach (var (path, persona) in new[]
        {
            ("/api/appointments", null), ("/api/holds", null), ("/api/hotline/appointments", "hotline"),
            ($"/api/appointments/{reference}/move", null), ($"/api/hotline/appointments/{reference}/move", "hotline"),
        })
        {
            var reply = await app.PostAsync(
                path,
                new { territory = "69", topic = ContractApp.Topic, start, placeId = ContractApp.Place, key, citizen = new { name = "Odette Fictive", phone = "06 39 98 12 34" } },
                persona);
            reply.Code.ShouldBe("invalid", $"{path}: {reply}");
            reply.Json.GetProperty("errors").TryGetProperty("start", out _).ShouldBeTrue(reply.Text);
        }

        (await app.GetAsync("/api/hotline/callbacks?until=" + Uri.EscapeDataString(start ?? ""), "hotline")).Status.ShouldBeOneOf(200, 400);
    }

    [Theory]
    [InlineData("name", "")]
    [InlineData("name", "   ")]
    [InlineData("name", "Odette\u0007")]
    [InlineData("name", "81")]
    [InlineData("phone", "")]
    [InlineData("phone", "12")]
    [InlineData("phone", "06 39 98 12 3x")]
    [InlineData("phone", "+33 6 39 98 12 34 56 78")]
    [InlineData("email", "odette")]
    [InlineData("email", "Odette <odette@exemple.example>")]
    [InlineData("needs", "501")]
    public async Task What_is_said_of_a_person_is_checked(string field, string value)
    {
        var citizen = new Dictionary<string, string?> { ["name"] = "Odette Fictive", ["phone"] = "06 39 98 12 34" };
        citizen[field] = int.TryParse(value, out var length) && length > 50 ? new string('é', length) : value;
        var reply = await app.PostAsync(
            "/api/appointments",
            new { territory = "69", topic = ContractApp.Topic, start = await app.DrawStartAsync(), placeId = ContractApp.Place, citizen });
        reply.Code.ShouldBe("invalid", reply.Text);
        reply.Json.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe([$"citizen.{field}"]);
    }

    [Fact]
    public async Task A_key_of_a_request_has_at_most_100_characters()
    {
        foreach (var (path, persona) in new[] { ("/api/appointments", null), ("/api/holds", null), ("/api/hotline/appointments", "hotline") })
        {
            var reply = await app.PostAsync(path, app.Booking(await app.DrawStartAsync()), persona, idempotencyKey: new string('k', 101));
            reply.Code.ShouldBe("invalid", path);
            reply.Json.GetProperty("errors").EnumerateObject().Single().Name.ShouldBe("Idempotency-Key");
        }

        (await app.PostAsync("/api/appointments", app.Booking(await app.DrawStartAsync()), idempotencyKey: new string('k', 100))).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_problem_is_for_people_and_for_programs()
    {
        var reply = await app.PostAsync("/api/appointments", new { territory = "69" });
        reply.MediaType.ShouldBe("application/problem+json");
        AnswersTests.Described(reply, "POST", "/api/appointments", 400);
        reply.Json.GetProperty("status").GetInt32().ShouldBe(400);
        reply.Json.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe(["topic", "placeId", "citizen", "start"], ignoreOrder: true);
    }
}
