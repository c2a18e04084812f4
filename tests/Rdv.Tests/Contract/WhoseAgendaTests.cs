using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Rdv.Calendars;
using Rdv.Tests.Calendars;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>
/// Every call of staff in openapi.json, by everyone: who may make it, and that what is authorised is what is changed, whatever else the
/// address or the body names.
/// </summary>
public sealed class WhoseAgendaTests : IAsyncLifetime
{
    private const string OwnAdvisor = "advisor:69/" + ContractApp.Advisor;
    private const string OwnStructure = "structure:69/" + ContractApp.Structure;

    // A colleague of the same structure, whose structure's own staff may change it through their own address only.
    private const string Other = "bachir-modele";
    private const string OtherStructure = "tiers-lieu-la-passerelle";

    private static readonly string[] Everyone =
    [
        "hotline", "admin", "territory:69", "territory:67", OwnAdvisor, OwnStructure, "advisor:69/" + Other, "advisor:69/camille-essai", "advisor:67/" + ContractApp.Advisor,
        "structure:69/" + OtherStructure, "structure:67/" + ContractApp.Structure, "advisor:69/" + ContractApp.Structure, "structure:69/" + ContractApp.Advisor,
    ];

    // What a body can name that may be somebody else's.
    private static readonly string[] Names = ["advisorId", "workshopId", "courseId", "structureId", "hold", "reference"];

    private static readonly Description Api = Description.Load();

    private ContractApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await ContractApp.StartAsync(configure: services => services.AddSingleton<ICalendarSource, PublishedCalendar>());

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static IEnumerable<(string Path, string Method, JsonElement Operation)> OfStaff => Api.Operations.Where(operation =>
        operation.Operation.TryGetProperty("security", out var security) && security.GetRawText().Contains("localPersona", StringComparison.Ordinal));

    /// <summary>The contract's table. A call that it does not know has no place in the document yet.</summary>
    private static string[] Allowed(string path, string method) => path.Split('/')[2..] switch
    {
        ["hotline", ..] or ["admin", "demand"] => ["hotline", "admin"],
        ["admin", ..] => ["admin"],
        ["advisors", _, _, "agenda"] => [OwnAdvisor, "hotline", "admin"],
        ["advisors", _, _, "leave"] or ["advisors", _, _, "opening-hours", "copy"] => [OwnStructure, "admin"],
        ["advisors", _, _, "calendars", ..] => [OwnAdvisor, "admin"],
        ["advisors", _, _, "appointments"] => [OwnAdvisor],
        ["advisors", _, _, "why"] => [OwnAdvisor, OwnStructure, "hotline", "admin"],
        ["advisors", _, _, "opening-hours" or "booking-rules" or "absences" or "workshops" or "courses" or "appointments", ..] => [OwnAdvisor, OwnStructure, "admin"],
        ["structures", _, _, ..] => [OwnStructure, "admin"],
        ["territories", _, "load"] => ["territory:69", "admin"],
        ["load"] => ["admin"],
        _ => throw new InvalidOperationException($"Who may call {method} {path}?"),
    };

    [Fact]
    public async Task A_call_is_for_whom_the_contract_says()
    {
        var wrong = new List<string>();
        foreach (var (path, method, _) in OfStaff)
        {
            var address = Fill(path, _ => "x");
            foreach (var persona in Everyone)
            {
                var reply = await SendAsync(method, address, "{", persona);
                if (reply.Code == "forbidden" == Allowed(path, method).Contains(persona))
                {
                    wrong.Add($"{method} {address} {persona}: {reply}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_authorised_is_what_is_changed()
    {
        var others = await SetUpAsync();
        await _app.StopTimersAsync();
        var before = await OthersRowsAsync();
        var (wrong, tried) = (new List<string>(), 0);
        foreach (var (path, method, operation) in OfStaff.Where(operation => operation.Method != "GET" && operation.Path.Contains("{id}", StringComparison.Ordinal)))
        {
            foreach (var persona in Allowed(path, method).Where(persona => persona is OwnAdvisor or OwnStructure))
            {
                var (example, names) = BodyOf(operation);

                // The colleague's things under one's own address; then under a right address, the colleague's things in the body.
                if (path.Split('/')[5..].Any(part => part.StartsWith('{') && part != "{date}"))
                {
                    await TryAsync(Fill(path, parameter => others[parameter]), example, expected: "not-found");
                }

                foreach (var name in names.Where(others.ContainsKey))
                {
                    var body = example!.DeepClone();
                    body["start"] = others["start"];
                    body[name] = others[name];
                    await TryAsync(Fill(path, _ => "x"), body, name is "advisorId" or "workshopId" or "courseId" ? "forbidden" : null);
                }

                async Task TryAsync(string address, JsonNode? body, string? expected)
                {
                    tried++;
                    var reply = await SendAsync(method, address, body?.ToJsonString() ?? "", persona);
                    var after = await OthersRowsAsync();
                    if (after != before || (expected is not null && reply.Code != expected))
                    {
                        wrong.Add($"{persona} {method} {address} {body?.ToJsonString()}: {reply}{(after != before ? ", and the colleague's agenda has changed" : "")}");
                        before = after;
                    }
                }
            }
        }

        tried.ShouldBeGreaterThan(10);
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_advisor_still_books_for_who_is_there_and_into_the_own_workshop()
    {
        var planned = await PlanAsync(ContractApp.Advisor, await _app.DrawStartAsync(), ContractApp.Place);
        object person = new { name = "Odette Fictive", phone = _app.DrawPhone() };
        var address = $"/api/advisors/69/{ContractApp.Advisor}/appointments";
        (await _app.PostAsync(address, new { workshopId = planned, citizen = person }, OwnAdvisor)).Status.ShouldBe(201);
        foreach (var advisorId in new[] { null, ContractApp.Advisor })
        {
            var booked = await _app.PostAsync(
                address, new { topic = ContractApp.Topic, start = await _app.DrawStartAsync(), placeId = ContractApp.Place, advisorId, citizen = person }, OwnAdvisor);
            booked.Status.ShouldBe(201, booked.Text);
            booked.Json.GetProperty("advisor").GetProperty("id").GetString().ShouldBe(ContractApp.Advisor);
        }
    }

    /// <summary>What a colleague, and another structure, have: an appointment, a workshop, an absence, a closure, a free hour.</summary>
    private async Task<Dictionary<string, string>> SetUpAsync()
    {
        var free = (await _app.GetAsync($"/api/territories/69/slots?topic={ContractApp.Topic}&place={ContractApp.Place}&advisor={Other}&days=40")).Json
            .GetProperty("slots").EnumerateArray().Select(slot => slot.GetProperty("start").GetString()!).Where(start => start[14..16] == "30").Skip(6).ToList();
        var booked = await _app.PostAsync("/api/hotline/appointments", _app.Booking(free[0], advisor: Other), "hotline");
        booked.Status.ShouldBe(201, booked.Text);
        var workshop = await PlanAsync(Other, free[4], ContractApp.Place);
        var planned = await _app.PostAsync(
            $"/api/advisors/69/{Other}/courses",
            new { title = "Maîtriser sa tablette", topic = "premiers-pas", minutes = 60, placeId = ContractApp.Place, seats = 3, sessions = new[] { new { start = free[18] }, new { start = free[26] } } },
            "admin");
        planned.Status.ShouldBe(201, planned.Text);
        var course = planned.Json.GetProperty("id").GetString()!;
        var day = DateTimeOffset.Parse(free[^1], System.Globalization.CultureInfo.InvariantCulture).AddDays(1).Date;
        object period = new { from = $"{day:yyyy-MM-dd}T08:00:00+01:00", to = $"{day:yyyy-MM-dd}T09:00:00+01:00" };
        var absence = await _app.PostAsync($"/api/advisors/69/{Other}/absences", period, "admin");
        var closure = await _app.PostAsync($"/api/structures/69/{OtherStructure}/closures", period, "admin");
        (absence.Status, closure.Status).ShouldBe((201, 201), absence.Text + closure.Text);
        var calendar = await _app.PostAsync($"/api/advisors/69/{Other}/calendars", new { address = "https://agenda.example/1.ics" }, "advisor:69/" + Other);
        calendar.Status.ShouldBe(201, calendar.Text);
        var hold = await _app.PostAsync("/api/holds", new { territory = "69", topic = ContractApp.Topic, start = free[8], placeId = ContractApp.Place, advisorId = Other });
        hold.Status.ShouldBe(201, hold.Text);
        return new()
        {
            ["reference"] = booked.Json.GetProperty("reference").GetString()!,
            ["workshop"] = workshop,
            ["workshopId"] = workshop,
            ["course"] = course,
            ["courseId"] = course,
            ["absence"] = absence.Json.GetProperty("id").GetString()!,
            ["calendar"] = calendar.Json.GetProperty("id").GetString()!,
            ["closure"] = closure.Json.GetProperty("id").GetString()!,
            ["advisorId"] = Other,
            ["hold"] = hold.Json.GetProperty("hold").GetString()!,
            ["start"] = free[12],
        };
    }

    private async Task<string> PlanAsync(string advisor, string start, string placeId)
    {
        var planned = await _app.PostAsync(
            $"/api/advisors/69/{advisor}/workshops", new { title = "Découvrir Internet", topic = "internet", start, minutes = 60, placeId, seats = 3 }, "admin");
        planned.Status.ShouldBe(201, planned.Text);
        return planned.Json.GetProperty("id").GetString()!;
    }

    /// <summary>Whatever is stored of the colleague and of the other structure.</summary>
    private async Task<string> OthersRowsAsync()
    {
        var rows = new List<string>();
        await foreach (var row in _app.Table.QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken))
        {
            var text = string.Join('\n', row.OrderBy(column => column.Key, StringComparer.Ordinal).Select(column => $"{column.Key}={column.Value}"));
            if (text.Contains(Other, StringComparison.Ordinal) || text.Contains(OtherStructure, StringComparison.Ordinal))
            {
                rows.Add(text);
            }
        }

        rows.Count.ShouldBeGreaterThan(4);
        return string.Join("\n\n", rows.Order(StringComparer.Ordinal));
    }

    /// <summary>The example of the body, and what it may name.</summary>
    private static (JsonNode? Example, IReadOnlyList<string> Names) BodyOf(JsonElement operation)
    {
        if (!operation.TryGetProperty("requestBody", out var body))
        {
            return (null, []);
        }

        var json = Api.Resolve(body).GetProperty("content").GetProperty("application/json");
        var schema = Api.Resolve(json.GetProperty("schema"));
        return (
            JsonNode.Parse(json.GetProperty("example").GetRawText()),
            [.. schema.TryGetProperty("properties", out var properties) ? Names.Where(name => properties.TryGetProperty(name, out _)) : []]);
    }

    private static string Fill(string path, Func<string, string> value) => Triggers.Fill(path[1..], parameter => parameter switch
    {
        "territory" => "69",
        "id" => path.StartsWith("/api/structures/", StringComparison.Ordinal) ? ContractApp.Structure : ContractApp.Advisor,
        "date" => "2026-11-24",
        _ => value(parameter),
    });

    private Task<Reply> SendAsync(string method, string address, string body, string persona) => _app.SendAsync(
        new HttpMethod(method), address, method is "POST" or "PUT" ? ContractApp.Content(body) : null, null, null, ("X-Rdv-Persona", persona));
}
