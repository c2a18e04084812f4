using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NodaTime;
using Rdv.Booking;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Tests.Contract;
using Rdv.Tests.Infrastructure.Kql;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Architecture;

/// <summary>
/// The rule that keeps keys out of the logs, run over rows as the host and the worker write them. No workspace has run it: what is replayed is read
/// by the parser of these tests.
/// </summary>
public sealed partial class RedactionTests
{
    private const string Token = "6997TJV20SADSM2BWJ0D2W";
    private const string Key = "0123456789ABC";
    private const string Person = "69K7Q29XM4";
    private static readonly string Hold = new HoldToken(Territory.Parse("69"), new AdvisorId("aline"), new LocalDate(2026, 11, 27), "b3d0c1a2").ToString();

    // A part of each, so that what is left of one is found too.
    private static readonly string[] Secrets = [Token[..8], Key[..8], Person[..8], Hold[..8], Hold[^8..]];

    // What each stream holds that an address may be in. Of AppDependencies, the worker's own spans and what the host asks of its storage.
    private static readonly Dictionary<string, string[]> Columns = new(StringComparer.Ordinal)
    {
        ["Microsoft-Table-AppRequests"] = ["Url", "Name", "OperationName", "Properties"],
        ["Microsoft-Table-AppDependencies"] = ["Data", "Name", "OperationName", "Properties"],
        ["Microsoft-Table-AppTraces"] = ["Message", "OperationName", "Properties"],
        ["Microsoft-Table-AppExceptions"] = ["Message", "OuterMessage", "InnermostMessage", "Details", "OperationName", "Properties"],
    };

    private static readonly string[] Dynamic = ["Properties", "Details"];

    public static TheoryData<string, string> RoutesWithAKey { get; } = new(
        from trigger in Triggers.Http
        where HoldsAKey(trigger)
        from address in Addresses(trigger)
        select (trigger.Name, address));

    [Fact]
    public void What_may_hold_an_address_is_transformed_in_every_column()
    {
        Templates.Transformations.Keys.ShouldBe(Columns.Keys, ignoreOrder: true);
        foreach (var (stream, rule) in Templates.Transformations)
        {
            KqlQuery.Parse(rule).Stages.SelectMany(stage => stage.Columns).Select(column => column.Name).ShouldBe(Columns[stream], ignoreOrder: true, stream);
        }
    }

    [Theory]
    [MemberData(nameof(RoutesWithAKey))]
    public void No_key_of_a_route_is_left_in_any_row(string function, string address)
    {
        foreach (var (stream, row) in Rows(function, address))
        {
            var kept = Kept(stream, row);
            foreach (var (column, value) in kept)
            {
                var text = value is JsonNode json ? json.ToJsonString() : value?.ToString() ?? "";
                foreach (var secret in Secrets)
                {
                    text.ShouldNotContain(secret, Case.Insensitive, $"{stream}, {column}: {text}");
                }
            }

            foreach (var column in Dynamic.Where(row.ContainsKey))
            {
                // What is no JSON any more comes back as a text.
                var (was, became) = ((JsonNode)row[column]!, kept[column].ShouldBeAssignableTo<JsonNode>($"{stream}, {column}: {kept[column]}")!);
                became.GetValueKind().ShouldBe(was.GetValueKind());
                Names(became).ShouldBe(Names(was), $"{stream}, {column}: {became.ToJsonString()}");
            }
        }
    }

    /// <summary>The key goes, and what stands behind the quote stays.</summary>
    [Theory]
    [InlineData("""{"m":"Path \"/r/69-K7Q2-9XM4/0123456789ABC\" bad","n":"after"}""", """{"m":"Path \"/-\" bad","n":"after"}""")]
    [InlineData("""{"m":"\"/p/69K7Q29XM4/0123456789ABC\"\n at B"}""", """{"m":"\"/-\"\n at B"}""")]
    [InlineData("""{"m":"/r/69-K7Q2-9XM4/0123456789ABC\r\nException"}""", """{"m":"/-\r\nException"}""")]
    [InlineData("""{"m":"/r/69-K7Q2-9XM4\\0123456789ABC","n":1}""", """{"m":"/-","n":1}""")]
    [InlineData("""{"m":"{\"url\":\"/api/x?a=1\\u0026key=0123456789ABC\"}"}""", """{"m":"{\"url\":\"/api/x?a=1\\u0026key=-\"}"}""")]
    [InlineData("""{"m":"\"/api/appointments/69-K7Q2-9XM4?KEY=0123456789ABC\" bad"}""", """{"m":"\"/api/appointments/69-K7Q2-9XM4?KEY=-\" bad"}""")]
    public void A_quote_inside_a_text_stays_a_quote(string properties, string expected)
    {
        foreach (var stream in Columns.Keys)
        {
            var kept = Kept(stream, new Dictionary<string, object?>(StringComparer.Ordinal) { ["Properties"] = JsonNode.Parse(properties) });
            JsonNode.DeepEquals(kept["Properties"].ShouldBeAssignableTo<JsonNode>(), JsonNode.Parse(expected)).ShouldBeTrue($"{stream}: {kept["Properties"]}");
        }
    }

    [Theory]
    [InlineData("GET /api/territories/69/slots?topic=emploi&from=2026-11-24 answered 200")]
    [InlineData("Executed 'Functions.SendSms' (Succeeded, Duration=41ms)")]
    [InlineData("69-K7Q2-9XM4 was moved")]
    public void What_holds_no_key_stays_as_it_is(string text)
    {
        Kept("Microsoft-Table-AppTraces", new Dictionary<string, object?>(StringComparer.Ordinal) { ["Message"] = text })["Message"].ShouldBe(text);
        foreach (var stream in Columns.Keys)
        {
            var properties = new JsonObject { ["m"] = text };
            JsonNode.DeepEquals((JsonNode?)Kept(stream, new Dictionary<string, object?>(StringComparer.Ordinal) { ["Properties"] = properties })["Properties"], properties).ShouldBeTrue(stream);
        }
    }

    /// <summary>Who deploys to staging asks for each of them, and looks for its key, and for the visit of its function, in the workspace.</summary>
    [Fact]
    public void The_script_for_staging_asks_for_every_address_with_a_key()
    {
        var script = RepositoryRoot.Text("infra", "staging", "redaction.sh");
        var asked = ScriptRoute().Matches(script).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal).ToList();
        var inPath = Triggers.Http.Where(HoldsAKey).Select(trigger =>
            $"{trigger.Method} {TokenName().Replace(trigger.Route.Replace("{file}", "{token}.ics", StringComparison.Ordinal), "{token}")} {trigger.Name}");
        var inQuery = Triggers.Http.Where(trigger => trigger.Method == "GET" && KeyInQuery.Contains("/" + trigger.Route))
            .Select(trigger => $"GET {trigger.Route.Replace("{id}", "{person}", StringComparison.Ordinal)}?key={{key}} {trigger.Name}");
        inQuery.ShouldNotBeEmpty();
        asked.ShouldBe(inPath.Concat(inQuery).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>As the host writes a request, its lines and what was thrown, and as the worker's spans come; each with the address.</summary>
    private static IEnumerable<(string Stream, Dictionary<string, object?> Row)> Rows(string function, string address)
    {
        var url = "https://rdv.example.fr" + address;
        var path = address.Split('?')[0];
        var common = new JsonObject { ["HostInstanceId"] = "8a6f3c1e-0d51-4e0b-9d5c-0c7f2b7a9f11", ["ProcessId"] = "57", ["LogLevel"] = "Information" };

        JsonObject With(params (string Name, string Value)[] more)
        {
            var properties = (JsonObject)common.DeepClone();
            foreach (var (name, value) in more)
            {
                properties[name] = value;
            }

            return properties;
        }

        yield return ("Microsoft-Table-AppRequests", new(StringComparer.Ordinal)
        {
            ["Name"] = function,
            ["OperationName"] = function,
            ["Url"] = url,
            ["ResultCode"] = "200",
            ["Success"] = true,
            ["Properties"] = With(("HttpMethod", "GET"), ("HttpPath", path), ("Category", "Host.Results"), ("FullName", "Functions." + function)),
        });
        // Where no function takes the address, and one with a quote in it.
        yield return ("Microsoft-Table-AppRequests", new(StringComparer.Ordinal)
        {
            ["Name"] = "GET " + path,
            ["OperationName"] = "GET " + path,
            ["Url"] = url,
            ["ResultCode"] = "404",
            ["Success"] = false,
            ["Properties"] = With(("HttpPath", $"/\"{path}\"/{path}"), ("Referer", $"\"{url}\"")),
        });
        foreach (var line in new[] { $"Executing 'GET {address}'", $"{{\"HttpPath\":\"{path}\",\"next\":\"{url}\"}}", $"\"{url}\" was refused\nby us", $"{url}&key={Key} {url}?code={Token}" })
        {
            yield return ("Microsoft-Table-AppTraces", new(StringComparer.Ordinal)
            {
                ["Message"] = line,
                ["OperationName"] = "GET " + path,
                ["SeverityLevel"] = 1L,
                ["Properties"] = With(("prop__line", line), ("Category", $"Function.{function}.User"), ("EventName", "LogFailure"), ("nested", JsonSerializer.Serialize(new { line }))),
            });
            var message = $"Result: The function {function} failed\nException: {line}\nStack:    at Rdv.Functions.Http.Read(String text) in \"{path}\"";
            yield return ("Microsoft-Table-AppExceptions", new(StringComparer.Ordinal)
            {
                ["Message"] = message,
                ["OuterMessage"] = message,
                ["InnermostMessage"] = line,
                ["OperationName"] = "GET " + path,
                ["Details"] = new JsonArray(new JsonObject { ["severityLevel"] = "Error", ["outerId"] = "0", ["message"] = message, ["type"] = "RpcException", ["rawStack"] = $"at \"{line}\"\r\n at B" }),
                ["Properties"] = With(("FormattedMessage", line), ("Category", $"Function.{function}.User")),
            });
        }

        yield return ("Microsoft-Table-AppDependencies", new(StringComparer.Ordinal)
        {
            ["Name"] = "GET " + path,
            ["OperationName"] = "GET " + path,
            ["Data"] = url,
            ["Target"] = "rdv.example.fr",
            ["ResultCode"] = "200",
            ["Properties"] = With(("_MS.links", "[{\"operation_Id\":\"4bf92f3577b34da6\",\"id\":\"00f067aa0ba902b7\"}]"), ("url.path", path), ("note", $"\"{url}\"")),
        });
    }

    private static IReadOnlyDictionary<string, object?> Kept(string stream, IReadOnlyDictionary<string, object?> row) =>
        KqlQuery.Parse(Templates.Transformations[stream]).Run([row]).ShouldHaveSingleItem();

    private static IEnumerable<string> Names(JsonNode node) => node switch
    {
        JsonObject bag => bag.SelectMany(property => Names(property.Value!).Prepend(property.Key)),
        JsonArray array => array.SelectMany(item => Names(item!)),
        _ => [],
    };

    private static bool HoldsAKey(Trigger trigger) => KeyName().IsMatch(trigger.Route);

    /// <summary>The calls of the API that take a key as <c>?key=</c>.</summary>
    private static HashSet<string> KeyInQuery { get; } =
    [
        .. from path in JsonDocument.Parse(RepositoryRoot.Text("functions", "Rdv.Functions", "openapi.json")).RootElement.GetProperty("paths").EnumerateObject()
           where Templates.In(path.Value).Any(one => one.TryGetProperty("$ref", out var parameter) && parameter.ValueEquals("#/components/parameters/Key"))
           select path.Name,
    ];

    /// <summary>As it was sent, in the other case, and with what a browser or a mail reader adds behind it.</summary>
    private static IEnumerable<string> Addresses(Trigger trigger)
    {
        var address = Triggers.Fill(trigger.Route, name => name switch
        {
            "key" => Key,
            "token" => Token,
            "file" => Token + ".ics",
            "person" => Person,
            "hold" => Hold,
            "reference" => "69-K7Q2-9XM4",
            _ => "x",
        });
        return [address, address.ToUpperInvariant(), address.ToLowerInvariant(), address + "?nouveau=1", address + ").", address[..^1], $"{address}?key={Key}"];
    }

    [GeneratedRegex(@"^  '((?:GET|POST|DELETE) [^']+)'$", RegexOptions.Multiline)]
    private static partial Regex ScriptRoute();

    [GeneratedRegex(@"\{(key|token|file|hold)[:}]")]
    private static partial Regex KeyName();

    [GeneratedRegex(@"\{token:[^}]*\}")]
    private static partial Regex TokenName();
}
