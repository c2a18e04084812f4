using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rdv.Tests.Contract;

namespace Rdv.Tests.Fuzzing;

/// <summary>Draws calls of the API as openapi.json has them, then changes some of what they are made of.</summary>
internal sealed partial class ApiCalls(Values values)
{
    private static readonly Description Api = Description.Load();
    private static readonly (string Path, string Method, JsonElement Operation)[] All = [.. Api.Operations];

    private readonly Bodies _bodies = new(values);

    public Call Draw(Random random)
    {
        var (path, method, operation) = All[random.Next(All.Length)];
        var routed = true;
        var target = Parameter().Replace(path, match =>
        {
            if (random.Next(5) > 0)
            {
                return Uri.EscapeDataString(values.Of(random, match.Groups[1].Value, path));
            }

            var odd = Strange.Escaped(random, Strange.Text(random));
            // An empty segment, dots or a slash lead to another route.
            routed &= odd.Length > 0 && !odd.Contains('.', StringComparison.Ordinal) && !odd.Contains('%', StringComparison.Ordinal) && !odd.Contains('/', StringComparison.Ordinal) && odd.Length < 1000;
            return odd;
        });
        var parameters = operation.TryGetProperty("parameters", out var described) ? described.EnumerateArray().Select(Api.Resolve).ToList() : [];
        var query = parameters
            .Where(parameter => parameter.GetProperty("in").GetString() == "query" && (Required(parameter) ? random.Next(20) > 0 : random.Next(3) == 0))
            .Select(parameter => (Name: parameter.GetProperty("name").GetString()!, Value: Right(random, parameter, path)));
        var headers = parameters
            .Where(parameter => parameter.GetProperty("in").GetString() == "header" && random.Next(3) == 0)
            .Select(parameter => (parameter.GetProperty("name").GetString()!, random.Next(3) > 0 ? Guid.NewGuid().ToString() : new string('k', random.Next(90, 110))))
            .ToList();
        var call = new Call(method, path, Requests.Target(target, Requests.Pairs(random, query, [.. parameters.Select(parameter => parameter.GetProperty("name").GetString()!), "x", "__proto__"])))
        {
            Persona = Requests.Persona(random, RightPersona(random, operation, path)),
            Headers = headers,
            IsRouted = routed,
        };
        return Requests.Spoilt(random, operation.TryGetProperty("requestBody", out var body) ? WithBody(random, call, Api.Resolve(body).GetProperty("content"), path) : call);
    }

    private Call WithBody(Random random, Call call, JsonElement content, string path)
    {
        var (mediaType, example) = content.EnumerateObject().Select(one => (one.Name, one.Value)).First(one => one.Value.TryGetProperty("example", out _));
        var right = example.GetProperty("example");
        return mediaType == "application/json"
            ? call with { ContentType = mediaType, Body = Bodies.Mutated(random, _bodies.Right(random, right, path)) }
            : call with { ContentType = mediaType, Body = Csv(random, right.GetString()!) };
    }

    /// <summary>A file with some of its cells changed, doubled, quoted wrong or cut.</summary>
    internal static byte[] Csv(Random random, string right)
    {
        var lines = right.TrimEnd('\n').Split('\n').Select(line => line.Split(',').ToList()).ToList();
        for (var changes = random.Next(7) - 2; changes > 0; changes--)
        {
            var line = lines[random.Next(lines.Count)];
            var at = random.Next(line.Count);
            switch (random.Next(8))
            {
                case 0:
                    lines.Add([.. line]);
                    break;
                case 1:
                    line.RemoveAt(at);
                    if (line.Count == 0)
                    {
                        line.Add("");
                    }

                    break;
                case 2:
                    line.Insert(at, line[at]);
                    break;
                case 3:
                    line[at] = Strange.Text(random);
                    break;
                case 4:
                    line[at] = "\"" + line[at];
                    break;
                default:
                    line[at] = "\"" + Strange.Text(random).Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
                    break;
            }
        }

        var text = string.Join(Strange.Of(random, (string[])["\n", "\n", "\r\n", "\r"]), lines.Select(line => string.Join(Strange.Of(random, (string[])[",", ",", ",", ",", ";"]), line)));
        return random.Next(12) switch
        {
            0 => Encoding.Latin1.GetBytes(text),
            1 => Encoding.Unicode.GetBytes(text),
            2 => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
            3 => Encoding.UTF8.GetBytes(text[..random.Next(text.Length)]),
            _ => Encoding.UTF8.GetBytes(text),
        };
    }

    private static bool Required(JsonElement parameter) => parameter.TryGetProperty("required", out var required) && required.GetBoolean();

    private string Right(Random random, JsonElement parameter, string path)
    {
        var name = parameter.GetProperty("name").GetString()!;
        var schema = Api.Resolve(parameter.GetProperty("schema"));
        return name switch
        {
            "key" => path.Contains("callback", StringComparison.Ordinal) ? values.WaitingKey(random) : values.Appointment(random).Key,
            "insee" => "69256",
            "territory" => "69",
            "topic" => ContractApp.Topic,
            "structure" or "place" => ContractApp.Place,
            "advisor" => ContractApp.Advisor,
            "q" => "vaul",
            "dryRun" => "true",
            "from" or "to" => values.Day(random.Next(30)),
            "until" => values.Start(random),
            _ when parameter.TryGetProperty("example", out var example) => example.ToString(),
            _ when schema.TryGetProperty("enum", out var all) => all[random.Next(all.GetArrayLength())].ToString(),
            _ when schema.TryGetProperty("format", out var format) && format.GetString() == "date" => values.Day(random.Next(30)),
            _ => random.Next(1, 40).ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
    }

    private static string? RightPersona(Random random, JsonElement operation, string path) =>
        !operation.TryGetProperty("security", out _) ? null
        : path == "/api/advisors/{territory}/{id}/appointments" ? "advisor:69/" + ContractApp.Advisor
        : path.StartsWith("/api/advisors", StringComparison.Ordinal) && random.Next(2) == 0 ? "advisor:69/" + ContractApp.Advisor
        : "admin";

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter();
}
