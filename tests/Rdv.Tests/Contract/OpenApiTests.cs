using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>Holds openapi.json against the triggers, both ways, and against itself.</summary>
public sealed partial class OpenApiTests
{
    private static readonly Description Api = Description.Load();

    [Fact]
    public void Every_trigger_of_the_API_is_described_and_nothing_else_is()
    {
        var triggers = Triggers.Http
            .Where(trigger => trigger.Route.StartsWith("api/", StringComparison.Ordinal) || trigger.Route.StartsWith("calendars/", StringComparison.Ordinal))
            .Select(trigger => $"{trigger.Method} /{trigger.Route} {trigger.Name}")
            .ToList();
        triggers.Count.ShouldBeGreaterThan(15);
        Api.Operations
            .Select(operation => $"{operation.Method} {operation.Path} {operation.Operation.GetProperty("operationId").GetString()}")
            .ShouldBe(triggers, ignoreOrder: true);
    }

    [Fact]
    public void Parameters_of_a_path_are_declared_and_no_others()
    {
        foreach (var (path, _, operation) in Api.Operations)
        {
            var declared = operation.TryGetProperty("parameters", out var parameters)
                ? parameters.EnumerateArray().Select(Api.Resolve).ToList()
                : [];
            declared.Where(parameter => parameter.GetProperty("in").GetString() == "path")
                .Select(parameter => parameter.GetProperty("name").GetString()!)
                .ShouldBe(InPath().Matches(path).Select(match => match.Groups[1].Value), ignoreOrder: true, path);
        }
    }

    [Fact]
    public void Every_reference_leads_somewhere_and_every_component_is_used()
    {
        var used = References(Api.Root).ToHashSet();
        foreach (var reference in used)
        {
            Should.NotThrow(() => Api.Resolve(JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["$ref"] = reference })), reference);
        }

        var components = from kind in Api.Root.GetProperty("components").EnumerateObject()
                         where kind.Name != "securitySchemes"
                         from component in kind.Value.EnumerateObject()
                         select $"#/components/{kind.Name}/{component.Name}";
        components.Except(used).ShouldBeEmpty();
    }

    [Fact]
    public void Examples_are_what_their_schemas_say()
    {
        var problems = new List<string>();
        foreach (var (path, method, operation) in Api.Operations)
        {
            var contents = operation.GetProperty("responses").EnumerateObject().Select(response => Api.Resolve(response.Value)).ToList();
            if (operation.TryGetProperty("requestBody", out var body))
            {
                contents.Add(body);
            }

            foreach (var media in contents.Where(content => content.TryGetProperty("content", out _)).SelectMany(content => content.GetProperty("content").EnumerateObject()))
            {
                if (media.Value.TryGetProperty("example", out var example))
                {
                    problems.AddRange(Api.Check(example, media.Value.GetProperty("schema")).Select(problem => $"{method} {path}: {problem}"));
                }
            }
        }

        problems.ShouldBeEmpty();
    }

    [Fact]
    public void Whatever_takes_a_sign_in_says_so_and_answers_401_and_403()
    {
        foreach (var (path, method, operation) in Api.Operations)
        {
            var staff = operation.TryGetProperty("security", out _);
            staff.ShouldBe(Staff().IsMatch(path), $"{method} {path}");
            (Api.ResponseOf(path, method, 401) is not null).ShouldBe(staff, $"{method} {path}");
            (Api.ResponseOf(path, method, 403) is not null).ShouldBe(staff, $"{method} {path}");
        }
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property.NameEquals("$ref") ? [property.Value.GetString()!] : References(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex InPath();

    [GeneratedRegex("^/api/((hotline|advisors|structures|admin)/|(territories/{territory}/)?load$)")]
    private static partial Regex Staff();
}
