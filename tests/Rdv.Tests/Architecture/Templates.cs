using System.Text.Json;

namespace Rdv.Tests.Architecture;

/// <summary>What the templates of infra/ resolve to with a sample of parameters (main.snapshot.json).</summary>
internal static class Templates
{
    public static IReadOnlyList<JsonElement> Objects { get; } = [.. In(JsonDocument.Parse(RepositoryRoot.Text("infra", "main.snapshot.json")).RootElement)];

    /// <summary>The rules that the workspace puts rows through before it keeps them, by stream.</summary>
    public static IReadOnlyDictionary<string, string> Transformations { get; } = Objects
        .Where(one => one.TryGetProperty("transformKql", out _))
        .ToDictionary(one => one.GetProperty("streams")[0].GetString()!, one => one.GetProperty("transformKql").GetString()!);

    public static IEnumerable<JsonElement> In(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => In(property.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(In),
        _ => [],
    };
}
