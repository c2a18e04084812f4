using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Rdv.Invites;
using Rdv.Tests.Contract;

namespace Rdv.Tests.Fuzzing;

/// <summary>What leads to something in the product that is fuzzed: without it, nearly every input would end at an id that nobody has.</summary>
internal sealed class Values
{
    public static readonly string[] Personas =
    [
        "admin", "hotline", "advisor:69/" + ContractApp.Advisor, "advisor:69/elise-maquette", "structure:69/" + ContractApp.Structure, "territory:69",
    ];

    private readonly List<JsonElement> _appointments = [];
    private readonly List<(string Id, string Key)> _waiting = [];
    private readonly List<string> _starts = [];
    private readonly Dictionary<string, string> _made = [];
    private readonly FeedTokens _tokens;

    private Values(FeedTokens tokens) => _tokens = tokens;

    public static async Task<Values> MakeAsync(ContractApp app)
    {
        var values = new Values((FeedTokens)app.App.Services.GetService(typeof(FeedTokens))!);
        for (var i = 0; i < 6; i++)
        {
            values._appointments.Add(await app.BookAsync());
            values._waiting.Add(await app.AskToBeCalledAsync());
        }

        foreach (var slot in (await app.GetAsync($"/api/territories/69/slots?topic={ContractApp.Topic}&days=42")).Json.GetProperty("slots").EnumerateArray())
        {
            values._starts.Add(slot.GetProperty("start").GetString()!);
        }

        var agenda = $"/api/advisors/69/{ContractApp.Advisor}";
        await values.MakeAsync(app, "hold", "/api/holds", new { territory = "69", topic = ContractApp.Topic, start = await app.DrawStartAsync(), placeId = ContractApp.Place, advisorId = ContractApp.Advisor }, "hold");
        await values.MakeAsync(app, "workshop", agenda + "/workshops", new { title = "Découvrir Internet", topic = "internet", start = await app.DrawStartAsync(), minutes = 60, placeId = ContractApp.Place, seats = 8 }, "id");
        await values.MakeAsync(app, "absence", agenda + "/absences", new { from = values.Day(40), to = values.Day(40), inside = "cancel" }, "id");
        await values.MakeAsync(app, "closure", $"/api/structures/69/{ContractApp.Structure}/closures", new { from = values.Day(41), to = values.Day(41), inside = "cancel" }, "id");
        await values.MakeAsync(app, "person", "/api/admin/staff", new { name = "Nadia Exemple", address = "nadia@departement.example.fr", roles = (object[])[new { role = "hotline" }] }, "id");
        return values;
    }

    /// <summary>A value of a parameter of a route that exists, most of the time.</summary>
    public string Of(Random random, string parameter, string route)
    {
        var appointment = _appointments[random.Next(_appointments.Count)];
        var waiting = _waiting[random.Next(_waiting.Count)];
        return (parameter, route) switch
        {
            ("id", _) when route.Contains("advisors/", StringComparison.Ordinal) => random.Next(4) == 0 ? "elise-maquette" : ContractApp.Advisor,
            ("id", _) when route.Contains("callback", StringComparison.Ordinal) => waiting.Id,
            ("person", _) when route.Contains("staff/", StringComparison.Ordinal) || route.Contains("equipe/", StringComparison.Ordinal) => _made.GetValueOrDefault("person", "p0123456789ABCDEF"),
            ("person", _) => waiting.Id,
            ("key", _) when route.Contains("p/{person}", StringComparison.Ordinal) => waiting.Key,
            ("date", _) => Day(random.Next(60)),
            ("name", _) => "site.css",
            ("hold" or "workshop" or "absence" or "closure", _) when _made.TryGetValue(parameter, out var made) => made,
            _ => RouteValues.Of(appointment, _tokens)[parameter],
        };
    }

    public (string Reference, string Key) Appointment(Random random)
    {
        var appointment = _appointments[random.Next(_appointments.Count)];
        return (appointment.GetProperty("reference").GetString()!, appointment.GetProperty("key").GetString()!);
    }

    public string WaitingKey(Random random) => _waiting[random.Next(_waiting.Count)].Key;

    public string Start(Random random) => _starts[random.Next(_starts.Count)];

    public string Day(int ahead) => LocalDatePattern.Iso.Format(LocalDatePattern.Iso.Parse(_starts[0][..10]).Value + Period.FromDays(ahead));

    public static string Phone(Random random) => random.Next(3) == 0 ? $"01 99 00 12 {random.Next(100):D2}" : $"06 39 98 70 {random.Next(100):D2}";

    private async Task MakeAsync(ContractApp app, string name, string path, object body, string property)
    {
        var reply = await app.PostAsync(path, body, "admin");
        _made[name] = reply.Status == 201 ? reply.Json.GetProperty(property).GetString()! : throw new InvalidOperationException($"{name} was not made: {reply}");
    }
}
