using System.Text.Json;
using Rdv.Ids;
using Rdv.Invites;
using Rdv.Territories;

namespace Rdv.Tests.Contract;

/// <summary>Values of route parameters that lead to something in the sample data.</summary>
internal sealed class RouteValues
{
    private readonly Dictionary<string, string> _values;

    private RouteValues(Dictionary<string, string> values) => _values = values;

    public string this[string parameter] => _values.GetValueOrDefault(parameter, "x");

    /// <summary>An address of the route; the id of an advisor or of a structure, whichever the route is about.</summary>
    public string AddressOf(string route) => Triggers.Fill(route, parameter => (parameter, route) switch
    {
        ("id", _) when route.StartsWith("api/advisors/", StringComparison.Ordinal) => "elise-maquette",
        ("id", _) when route.StartsWith("api/callback-requests/", StringComparison.Ordinal) => this["person"],
        ("person", _) when route.Contains("staff/", StringComparison.Ordinal) || route.Contains("equipe/", StringComparison.Ordinal) => "p0123456789ABCDEF",
        ("key", _) when route.StartsWith("p/", StringComparison.Ordinal) => this["person-key"],
        _ => this[parameter],
    });

    /// <summary>Someone who may call it: an administrator may all but what is for the person who sits there.</summary>
    public static string PersonaFor(Trigger trigger) => trigger.Name == "AdvisorBook" ? "advisor:69/elise-maquette" : "admin";

    /// <summary>Of the short link: the reference without hyphens and check character, and the key.</summary>
    public static string TokenOf(JsonElement appointment) =>
        appointment.GetProperty("reference").GetString()!.Replace("-", "", StringComparison.Ordinal)[..^1] + appointment.GetProperty("key").GetString();

    /// <param name="waiting">The id and the key of someone who waits.</param>
    /// <param name="workshop">The id of a workshop of <see cref="ContractApp.Advisor"/>.</param>
    public static RouteValues Of(JsonElement appointment, FeedTokens tokens, (string Id, string Key)? waiting = null, string workshop = "w0123456789abcdef") => new(new Dictionary<string, string>
    {
        ["person"] = waiting?.Id ?? "69-qK7Q29XM4",
        ["person-key"] = waiting?.Key ?? "0123456789ABC",
        ["territory"] = "69",
        ["reference"] = appointment.GetProperty("reference").GetString()!,
        ["key"] = appointment.GetProperty("key").GetString()!,
        ["token"] = TokenOf(appointment),
        // The sample structures and places share their ids.
        ["id"] = ContractApp.Structure,
        ["advisor"] = ContractApp.Advisor,
        ["structure"] = ContractApp.Structure,
        ["file"] = tokens.Of(Territory.Parse("69"), new AdvisorId(ContractApp.Advisor)) + ".ics",
        ["hold"] = new Rdv.Booking.HoldToken(Territory.Parse("69"), new AdvisorId(ContractApp.Advisor), new NodaTime.LocalDate(2026, 11, 24), "hx").ToString(),
        ["date"] = "2026-11-24",
        ["workshop"] = workshop,
        ["course"] = "c0123456789abcde5",
    });
}
