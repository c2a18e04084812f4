using System.Text.Json;

namespace Rdv.Tests.Architecture;

/// <summary>What the templates of infra/ resolve to with a sample of parameters (main.snapshot.json).</summary>
internal static class Templates
{
    public static IReadOnlyList<JsonElement> Objects { get; } = Read("main.snapshot.json");

    /// <summary>With everything switched on (complete.snapshot.json).</summary>
    public static IReadOnlyList<JsonElement> Complete { get; } = Read("complete.snapshot.json");

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

    private static JsonElement[] Read(string file) => [.. In(JsonDocument.Parse(RepositoryRoot.Text("infra", file)).RootElement)];
}
