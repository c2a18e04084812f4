using System.Text.Json;

namespace Rdv.Tests.Contract;

/// <summary>
/// openapi.json, and what a value lacks to be what a schema says. As much of JSON Schema as the document uses; a keyword that is not
/// known here is an error, so that nothing is thought to be checked that is not.
/// </summary>
internal sealed class Description(JsonElement root)
{
    private static readonly string[] Annotations = ["description", "format", "examples", "default", "minLength", "maxLength", "minimum", "maximum"];

    public static Description Load()
    {
        using var stream = typeof(Rdv.Functions.Operations.OpenApi).Assembly.GetManifestResourceStream("openapi.json")!;
        return new Description(JsonDocument.Parse(stream).RootElement);
    }

    public JsonElement Root => root;

    public IEnumerable<(string Path, string Method, JsonElement Operation)> Operations =>
        from path in root.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (path.Name, operation.Name.ToUpperInvariant(), operation.Value);

    public JsonElement Resolve(JsonElement element)
    {
        if (!element.TryGetProperty("$ref", out var reference))
        {
            return element;
        }

        return reference.GetString()!.TrimStart('#', '/').Split('/').Aggregate(root, (at, name) => at.GetProperty(name));
    }

    /// <summary>The media types that an operation answers with a status, or null when it does not name it.</summary>
    public JsonElement? ResponseOf(string path, string method, int status) =>
        root.GetProperty("paths").TryGetProperty(path, out var item)
        && item.TryGetProperty(method.ToLowerInvariant(), out var operation)
        && operation.GetProperty("responses").TryGetProperty(status.ToString(System.Globalization.CultureInfo.InvariantCulture), out var response)
            ? Resolve(response)
            : null;

    public List<string> Check(JsonElement value, JsonElement schema, string at = "$")
    {
        schema = Resolve(schema);
        var problems = new List<string>();
        foreach (var keyword in schema.EnumerateObject())
        {
            switch (keyword.Name)
            {
                case "type":
                    if (!Types(keyword.Value).Any(type => Is(value, type)))
                    {
                        problems.Add($"{at} is {value.ValueKind} where {keyword.Value} is described");
                    }

                    break;
                case "enum":
                    if (!keyword.Value.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)))
                    {
                        problems.Add($"{at} is {value}, which is not one of {keyword.Value}");
                    }

                    break;
                case "required" when value.ValueKind == JsonValueKind.Object:
                    problems.AddRange(keyword.Value.EnumerateArray()
                        .Where(name => !value.TryGetProperty(name.GetString()!, out _))
                        .Select(name => $"{at}.{name} is missing"));
                    break;
                case "properties" when value.ValueKind == JsonValueKind.Object:
                    foreach (var property in keyword.Value.EnumerateObject().Where(property => value.TryGetProperty(property.Name, out _)))
                    {
                        problems.AddRange(Check(value.GetProperty(property.Name), property.Value, $"{at}.{property.Name}"));
                    }

                    break;
                case "additionalProperties" when value.ValueKind == JsonValueKind.Object:
                    foreach (var more in value.EnumerateObject()
                        .Where(property => !schema.TryGetProperty("properties", out var named) || !named.TryGetProperty(property.Name, out _)))
                    {
                        problems.AddRange(keyword.Value.ValueKind == JsonValueKind.False
                            ? [$"{at}.{more.Name} is not described"]
                            : Check(more.Value, keyword.Value, $"{at}.{more.Name}"));
                    }

                    break;
                case "items" when value.ValueKind == JsonValueKind.Array:
                    problems.AddRange(value.EnumerateArray().SelectMany((item, i) => Check(item, keyword.Value, $"{at}[{i}]")));
                    break;
                case "maxItems" when value.ValueKind == JsonValueKind.Array:
                    if (value.GetArrayLength() > keyword.Value.GetInt32())
                    {
                        problems.Add($"{at} has {value.GetArrayLength()} items");
                    }

                    break;
                case "oneOf":
                    var tried = keyword.Value.EnumerateArray().Select(one => Check(value, one, at)).ToList();
                    if (tried.Count(found => found.Count == 0) != 1)
                    {
                        problems.AddRange(tried.SelectMany(found => found));
                    }

                    break;
                case "required" or "properties" or "additionalProperties" or "items" or "maxItems":
                    break;
                default:
                    if (!Annotations.Contains(keyword.Name))
                    {
                        throw new NotSupportedException($"The keyword {keyword.Name} at {at}.");
                    }

                    break;
            }
        }

        return problems;
    }

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!) : [type.GetString()!];

    private static bool Is(JsonElement value, string type) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException($"The type {type}."),
    };
}
