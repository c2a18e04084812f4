using System.Text.Json;
using System.Text.Unicode;

namespace Rdv.Functions.Dispatch;

/// <summary>One event of Event Grid: in its own schema, or as CloudEvents 1.0, alone or in a batch; names in either casing.</summary>
/// <remarks>
/// https://learn.microsoft.com/azure/event-grid/event-schema and https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
/// </remarks>
internal sealed record EventGridEvent(string Type, JsonElement Data)
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32 };

    /// <returns>Null for what is no JSON, or holds something and no event at all. What is no event beside others is left out.</returns>
    public static IReadOnlyList<EventGridEvent>? ParseAll(byte[] body)
    {
        if (!Utf8.IsValid(body))
        {
            return null;
        }

        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(body, Options);
            root = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }

        var items = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : new List<JsonElement> { root };
        var events = items.Select(Parse).OfType<EventGridEvent>().ToList();
        return events.Count > 0 || items.Count == 0 ? events : null;
    }

    /// <returns>Null when it is missing, or no text.</returns>
    public string? Text(string name) => Text(Data, name);

    private static EventGridEvent? Parse(JsonElement item) =>
        (Text(item, "eventType") ?? Text(item, "type")) is { Length: > 0 } type
            ? new EventGridEvent(type, Find(item, "data") ?? default)
            : null;

    private static string? Text(JsonElement element, string name)
    {
        try
        {
            return Find(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair is valid JSON, and no text.
            return null;
        }
    }

    private static JsonElement? Find(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (IsNamed(property, name))
            {
                return property.Value;
            }
        }

        return null;
    }

    private static bool IsNamed(JsonProperty property, string name)
    {
        try
        {
            return string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
