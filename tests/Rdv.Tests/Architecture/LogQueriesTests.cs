using System.Text.Json;
using System.Text.RegularExpressions;
using Rdv.Tests.Contract;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Architecture;

/// <summary>The queries that Bicep hands to the log workspace: the rule that keeps keys out of the logs, and the alerts.</summary>
/// <remarks>https://learn.microsoft.com/azure/azure-monitor/essentials/data-collection-transformations-kql</remarks>
public sealed partial class LogQueriesTests
{
    private const string Token = "6997TJV20SADSM2BWJ0D2W";
    private const string Key = "0123456789ABC";
    private const string Person = "69K7Q29XM4";

    // Of what a workspace transformation may use, what ours does; iff, extract, tostring, parse_json and replace are functions there.
    private static readonly string[] TransformationWords = ["source", "extend", "iff", "extract", "contains", "tostring", "parse_json", "replace"];

    private static readonly JsonElement Snapshot =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "infra", "main.snapshot.json"))).RootElement;

    private static IReadOnlyDictionary<string, string> Transformations { get; } = Objects(Snapshot)
        .Where(one => one.TryGetProperty("transformKql", out _))
        .ToDictionary(one => one.GetProperty("streams")[0].GetString()!, one => one.GetProperty("transformKql").GetString()!);

    private static IReadOnlyList<string> Alerts { get; } =
        [.. Objects(Snapshot).Where(one => one.TryGetProperty("query", out _)).Select(one => one.GetProperty("query").GetString()!)];

    public static TheoryData<string, string> RoutesWithAKey { get; } = new(
        from trigger in Triggers.Http
        where HoldsAKey(trigger)
        from address in Addresses(trigger)
        select (trigger.Name, address));

    [Fact]
    public void What_may_hold_an_address_is_transformed() => Transformations.Keys.ShouldBe(
        ["Microsoft-Table-AppRequests", "Microsoft-Table-AppDependencies", "Microsoft-Table-AppTraces", "Microsoft-Table-AppExceptions"], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(RoutesWithAKey))]
    public void No_key_of_a_route_is_left_in_any_column(string function, string address)
    {
        _ = function;
        foreach (var text in new[] { $"Executing 'GET {address}'", $"{{\"HttpMethod\":\"GET\",\"HttpPath\":\"{address}\"}}", $"https://rdv.example.fr{address} was refused" })
        {
            foreach (var (stream, rule) in Transformations)
            {
                foreach (var column in Redactions(rule))
                {
                    var left = column(text);
                    foreach (var secret in new[] { Token[..8], Key[..8], Person[..8] })
                    {
                        left.ShouldNotContain(secret, Case.Insensitive, $"{stream}: {left}");
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("GET /api/territories/69/slots?topic=emploi&from=2026-11-24 answered 200")]
    [InlineData("Executed 'Functions.SendSms' (Succeeded, Duration=41ms)")]
    [InlineData("69-K7Q2-9XM4 was moved")]
    public void What_holds_no_key_stays_as_it_is(string text) =>
        Transformations.Values.SelectMany(Redactions).ShouldAllBe(column => column(text) == text);

    /// <summary>Who deploys to staging asks for each of them, and looks for its key, and for the visit of its function, in the workspace.</summary>
    [Fact]
    public void The_script_for_staging_asks_for_every_address_with_a_key()
    {
        var script = File.ReadAllText(Path.Combine(Repository.Root, "infra", "staging", "redaction.sh"));
        var asked = ScriptRoute().Matches(script).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal).ToList();
        var inPath = Triggers.Http.Where(HoldsAKey).Select(trigger =>
            $"{trigger.Method} {TokenName().Replace(trigger.Route.Replace("{file}", "{token}.ics", StringComparison.Ordinal), "{token}")} {trigger.Name}");
        var inQuery = Triggers.Http.Where(trigger => trigger.Method == "GET" && KeyInQuery.Contains("/" + trigger.Route))
            .Select(trigger => $"GET {trigger.Route.Replace("{id}", "{person}", StringComparison.Ordinal)}?key={{key}} {trigger.Name}");
        inQuery.ShouldNotBeEmpty();
        asked.ShouldBe(inPath.Concat(inQuery).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_transformation_reads_its_source_and_uses_only_what_transformations_have()
    {
        foreach (var rule in Transformations.Values)
        {
            rule.ShouldStartWith("source | extend ");
            rule.Length.ShouldBeLessThan(15_360, "Azure takes no more");
            Word().Matches(Quoted().Replace(rule, "")).Select(match => match.Value)
                .Where(word => char.IsLower(word[0])).Distinct().Except(TransformationWords).ShouldBeEmpty(rule);
        }
    }

    [Fact]
    public void An_alert_begins_with_a_table()
    {
        Alerts.Count.ShouldBeGreaterThanOrEqualTo(4);
        Alerts.ShouldAllBe(query => query.StartsWith("App", StringComparison.Ordinal));
    }

    /// <summary>An alert on words that nobody writes, or on a timer of another name, is silence.</summary>
    [Fact]
    public void An_alert_looks_for_words_that_the_code_logs_and_for_timers_that_there_are()
    {
        var code = string.Concat(System.IO.Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions", "Rdv"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var words = Alerts.SelectMany(query => LoggedWords().Matches(query)).Select(match => match.Groups[1].Value).ToList();
        words.ShouldNotBeEmpty();
        words.ShouldAllBe(word => code.Contains($"Message = \"{word}", StringComparison.Ordinal));
        var timers = ATimer.All().Select(timer => timer.Name).ToList();
        var named = Alerts.SelectMany(query => Named().Matches(query)).SelectMany(match => match.Groups[1].Captures).Select(name => name.Value).Distinct().ToList();
        named.ShouldContain("Watchdog");
        named.Except(timers).ShouldBeEmpty();
    }

    private static bool HoldsAKey(Trigger trigger) => KeyName().IsMatch(trigger.Route);

    /// <summary>The calls of the API that take a key as <c>?key=</c>.</summary>
    private static HashSet<string> KeyInQuery { get; } =
    [
        .. from path in JsonDocument.Parse(RepositoryRoot.Text("functions", "Rdv.Functions", "openapi.json")).RootElement.GetProperty("paths").EnumerateObject()
           where Objects(path.Value).Any(one => one.TryGetProperty("$ref", out var parameter) && parameter.ValueEquals("#/components/parameters/Key"))
           select path.Name,
    ];

    /// <summary>Each <c>replace(@'keys', …, replace(@'links', …, column))</c> of a rule, as a function of the column. RE2 and .NET read these two alike.</summary>
    private static IEnumerable<Func<string, string>> Redactions(string rule)
    {
        foreach (Match match in Redaction().Matches(rule))
        {
            var (keys, links) = (match.Groups["keys"].Value, match.Groups["links"].Value);
            yield return text => Regex.Replace(Regex.Replace(text, links, "/-"), keys, "$1-");
        }
    }

    /// <summary>As it was sent, in the other case, and with what a browser or a mail reader adds behind it.</summary>
    private static IEnumerable<string> Addresses(Trigger trigger)
    {
        var address = Triggers.Fill(trigger.Route, name => name switch
        {
            "key" => Key,
            "token" => Token,
            "file" => Token + ".ics",
            "person" => Person,
            "reference" => "69-K7Q2-9XM4",
            _ => "x",
        });
        return [address, address.ToUpperInvariant(), address.ToLowerInvariant(), address + "?nouveau=1", address + ").", address[..^1], $"{address}?key={Key}"];
    }

    private static IEnumerable<JsonElement> Objects(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Objects(property.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Objects),
        _ => [],
    };

    [GeneratedRegex("""replace\(@'(?<keys>[^']*)', @"\\1-", replace\(@'(?<links>[^']*)', @"/-", """)]
    private static partial Regex Redaction();

    [GeneratedRegex(@"^  '((?:GET|POST) [^']+)'$", RegexOptions.Multiline)]
    private static partial Regex ScriptRoute();

    [GeneratedRegex(@"\{(key|token|file)[:}]")]
    private static partial Regex KeyName();

    [GeneratedRegex(@"\{token:[^}]*\}")]
    private static partial Regex TokenName();

    [GeneratedRegex("Message startswith \"([^\"]+)\"")]
    private static partial Regex LoggedWords();

    [GeneratedRegex("""Name (?:== |in \()(?:"(\w+)"(?:, )?)+""")]
    private static partial Regex Named();

    [GeneratedRegex("@?'[^']*'|@?\"[^\"]*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b[A-Za-z_]\w*\b")]
    private static partial Regex Word();
}
