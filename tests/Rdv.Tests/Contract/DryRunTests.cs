using System.Text.Json;
using Azure.Data.Tables;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>Whoever closes, leaves or cancels can ask first what would become of whom.</summary>
public sealed class DryRunTests : IAsyncLifetime
{
    private const string Advisor = $"/api/advisors/69/{ContractApp.Advisor}";
    private const string Structure = $"/api/structures/69/{ContractApp.Structure}";

    private static readonly Description Api = Description.Load();

    private ContractApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await ContractApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_dry_run_says_what_would_become_of_whom_and_writes_nothing()
    {
        var start = await _app.DrawStartAsync();
        var booked = await _app.PostAsync("/api/hotline/appointments", _app.Booking(start, advisor: ContractApp.Advisor), "hotline");
        booked.Status.ShouldBe(201, booked.Text);
        var reference = booked.Json.GetProperty("reference").GetString()!;
        var workshop = await _app.PostAsync(
            Advisor + "/workshops",
            new { title = "Découvrir Internet", topic = "internet", start = await _app.DrawStartAsync(), minutes = 60, placeId = ContractApp.Place, seats = 3 }, "admin");
        workshop.Status.ShouldBe(201, workshop.Text);
        var course = await _app.PostAsync(
            Advisor + "/courses",
            new { title = "Maîtriser sa tablette", topic = "premiers-pas", minutes = 60, placeId = ContractApp.Place, seats = 3, sessions = new[] { new { start = await _app.DrawStartAsync() }, new { start = await _app.DrawStartAsync() } } },
            "admin");
        course.Status.ShouldBe(201, course.Text);
        var day = start[..10];
        await _app.StopTimersAsync();
        var before = await RowsAsync();

        (HttpMethod Method, string Route, string Address, object Body, string? Becomes)[] asked =
        [
            (HttpMethod.Post, "/api/advisors/{territory}/{id}/absences", Advisor + "/absences", new { from = day, to = day }, "refused"),
            (HttpMethod.Post, "/api/advisors/{territory}/{id}/absences", Advisor + "/absences", new { from = day, to = day, inside = "cancel" }, "cancelled"),
            (HttpMethod.Post, "/api/structures/{territory}/{id}/closures", Structure + "/closures", new { from = day, to = day, inside = "cancel" }, "cancelled"),
            (HttpMethod.Post, "/api/advisors/{territory}/{id}/leave", Advisor + "/leave", new { on = day }, "kept"),
            (HttpMethod.Put, "/api/structures/{territory}/{id}/holidays/{date}", Structure + "/holidays/2026-12-25", new { open = true }, null),
            (HttpMethod.Post, "/api/advisors/{territory}/{id}/workshops/{workshop}/cancel", $"{Advisor}/workshops/{workshop.Json.GetProperty("id").GetString()}/cancel", new { }, null),
            (HttpMethod.Post, "/api/advisors/{territory}/{id}/courses/{course}/cancel", $"{Advisor}/courses/{course.Json.GetProperty("id").GetString()}/cancel", new { }, null),
        ];
        foreach (var (method, route, address, body, becomes) in asked)
        {
            var reply = await _app.SendAsync(method, address + "?dryRun=true", ContractApp.Content(JsonSerializer.Serialize(body)), "admin", null, ("Idempotency-Key", "once"));
            reply.Status.ShouldBe(200, $"{address}: {reply}");
            reply.Json.GetProperty("dryRun").GetBoolean().ShouldBeTrue();
            var schema = Api.ResponseOf(route, method.Method, 200)!.Value.GetProperty("content").GetProperty("application/json").GetProperty("schema");
            Api.Check(reply.Json, schema).ShouldBeEmpty(address);
            reply.Json.GetProperty("appointments").EnumerateArray()
                .Where(one => one.GetProperty("reference").GetString() == reference)
                .Select(one => one.GetProperty("becomes").GetString())
                .ShouldBe(becomes is null ? [] : [becomes], address);
            (await RowsAsync()).ShouldBe(before, address);
        }

        var wrong = await _app.PostAsync(Advisor + "/absences?dryRun=true", new { from = day, to = day, colleague = "nobody", inside = "reassign" }, "admin");
        (wrong.Status, wrong.Code).ShouldBe((400, "invalid"), wrong.ToString());
        (await _app.PostAsync(Advisor + "/absences?dryRun=true", new { from = day, to = day }, "hotline")).Code.ShouldBe("forbidden");
        (await _app.PostAsync(Advisor + "/leave?dryRun=true", new { on = day }, "advisor:69/" + ContractApp.Advisor)).Code.ShouldBe("forbidden");
    }

    [Fact]
    public async Task A_structure_copies_the_hours_of_one_advisor_to_another_and_not_those_of_another_structure()
    {
        const string OwnStructure = "structure:69/" + ContractApp.Structure;
        var hours = (await _app.GetAsync(Advisor + "/opening-hours", OwnStructure)).Text;
        var colleague = await ColleagueAsync();
        var rehearsed = await _app.PostAsync(Advisor + "/opening-hours/copy?dryRun=true", new { to = colleague }, OwnStructure);
        rehearsed.Status.ShouldBe(200, rehearsed.ToString());
        (await HoursAsync()).ShouldNotBe(hours);
        var copied = await _app.PostAsync(Advisor + "/opening-hours/copy", new { to = colleague }, OwnStructure);
        copied.Status.ShouldBe(200, copied.ToString());
        copied.Json.GetProperty("version").GetInt32().ShouldBeGreaterThan(rehearsed.Json.GetProperty("version").GetInt32());
        (await HoursAsync()).ShouldBe(hours);

        (await _app.PostAsync("/api/advisors/69/camille-essai/opening-hours/copy", new { to = colleague }, OwnStructure)).Code.ShouldBe("forbidden");
        (await _app.PostAsync(Advisor + "/opening-hours/copy", new { to = "camille-essai" }, OwnStructure)).Code.ShouldBe("invalid");

        async Task<string> HoursAsync() => (await _app.GetAsync($"/api/advisors/69/{colleague}/opening-hours", "admin")).Text;

        // One of the structure who receives at other hours.
        async Task<string> ColleagueAsync()
        {
            const string Colleague = "bachir-modele";
            var changed = await _app.SendAsync(HttpMethod.Put, $"/api/advisors/69/{Colleague}/opening-hours", ContractApp.Content("[]"), "admin");
            changed.Status.ShouldBe(200, changed.ToString());
            return Colleague;
        }
    }

    /// <summary>Everything that is stored, and when it was written.</summary>
    private async Task<string> RowsAsync()
    {
        var rows = new List<string>();
        await foreach (var row in _app.Table.QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken))
        {
            rows.Add($"{row.PartitionKey} {row.RowKey} {row.ETag}");
        }

        return string.Join('\n', rows.Order(StringComparer.Ordinal));
    }
}
