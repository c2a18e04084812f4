using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Rdv.Tests.Fuzzing;

/// <summary>Bodies of JSON: right ones from the examples of the description, and what is done to them.</summary>
internal sealed partial class Bodies(Values values)
{
    private static readonly JsonSerializerOptions AsTyped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The example, at hours that come, of people and with keys that there are.</summary>
    public JsonNode? Right(Random random, JsonElement example, string route)
    {
        var root = JsonNode.Parse(example.GetRawText());
        foreach (var (parent, name, value) in Leaves(root).ToList())
        {
            if (value is JsonValue leaf && leaf.TryGetValue<string>(out var text) && Fresh(random, name, text, route) is { } fresh)
            {
                Set(parent, name, JsonValue.Create(fresh));
            }
        }

        return root;
    }

    private string? Fresh(Random random, string name, string text, string route) =>
        name == "key" ? (route.Contains("callback", StringComparison.Ordinal) ? values.WaitingKey(random) : values.Appointment(random).Key)
        : name == "address" && text.Contains('@', StringComparison.Ordinal) ? $"agent{random.Next(1000)}@departement.example.fr"
        : name == "address" && text.StartsWith("https:", StringComparison.Ordinal) ? "https://calendrier.example/agenda.ics"
        : name == "reference" ? values.Appointment(random).Reference
        : name == "phone" ? Values.Phone(random)
        : Instant().IsMatch(text) ? values.Start(random)
        : LocalTime().Match(text) is { Success: true } local ? values.Day(random.Next(1, 60)) + local.Groups[1].Value
        : Day().IsMatch(text) ? values.Day(random.Next(60))
        : null;

    /// <summary>Changes some of its values for what does not belong there.</summary>
    public static byte[] Mutated(Random random, JsonNode? root)
    {
        var holes = new List<string>();
        for (var changes = random.Next(6) - 2; changes > 0; changes--)
        {
            Change(random, root, holes);
        }

        var text = root?.ToJsonString(AsTyped) ?? "null";
        for (var i = 0; i < holes.Count; i++)
        {
            text = text.Replace($"\"@@{i}@@\"", holes[i], StringComparison.Ordinal);
        }

        return Spoilt(random, text);
    }

    private static void Change(Random random, JsonNode? root, List<string> holes)
    {
        var leaves = Leaves(root).ToList();
        if (leaves.Count == 0)
        {
            return;
        }

        var (parent, name, value) = leaves[random.Next(leaves.Count)];
        switch (random.Next(10))
        {
            case 0 when parent is JsonObject holder:
                holder.Remove(name);
                break;
            case 1 when parent is JsonObject holder:
                // The same name twice, with another value, or in other capitals.
                holder[random.Next(2) == 0 ? name.ToUpperInvariant() : name + "@@"] = Hole(Strange.Json(random));
                break;
            case 2:
                Set(parent, name, new JsonArray(value?.DeepClone()));
                break;
            case 3:
                Set(parent, name, new JsonObject { [name] = value?.DeepClone() });
                break;
            case 4 when parent is JsonArray list:
                for (var more = random.Next(1, 400); more > 0; more--)
                {
                    list.Add(value?.DeepClone());
                }

                break;
            case 5 or 6 or 7:
                Set(parent, name, Hole(Strange.Quoted(Strange.Text(random))));
                break;
            default:
                Set(parent, name, Hole(Strange.Json(random)));
                break;
        }

        JsonValue Hole(string raw)
        {
            holes.Add(raw);
            return JsonValue.Create($"@@{holes.Count - 1}@@");
        }
    }

    /// <summary>What goes wrong on the way.</summary>
    private static byte[] Spoilt(Random random, string text)
    {
        text = text.Replace("@@\":", "\":", StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(text);
        switch (random.Next(24))
        {
            case 0:
                return bytes[..random.Next(bytes.Length + 1)];
            case 1:
                return [0xEF, 0xBB, 0xBF, .. bytes];
            case 2:
                return Encoding.Unicode.GetBytes(text);
            case 3 when bytes.Length > 0:
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                return bytes;
            case 4:
                return [.. bytes, .. "{}"u8];
            case 5:
                return Encoding.UTF8.GetBytes(Strange.Json(random));
            case 6:
                return [];
            default:
                return bytes;
        }
    }

    private static IEnumerable<(JsonNode Parent, string Name, JsonNode? Value)> Leaves(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject holder:
                foreach (var (name, value) in holder.ToList())
                {
                    yield return (holder, name, value);
                    foreach (var inner in Leaves(value))
                    {
                        yield return inner;
                    }
                }

                break;
            case JsonArray list:
                for (var i = 0; i < Math.Min(list.Count, 20); i++)
                {
                    yield return (list, i.ToString(System.Globalization.CultureInfo.InvariantCulture), list[i]);
                    foreach (var inner in Leaves(list[i]))
                    {
                        yield return inner;
                    }
                }

                break;
        }
    }

    private static void Set(JsonNode parent, string name, JsonNode? value)
    {
        if (parent is JsonArray list)
        {
            list[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] = value;
        }
        else
        {
            parent[name] = value;
        }
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+Z]")]
    private static partial Regex Instant();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)$")]
    private static partial Regex LocalTime();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d$")]
    private static partial Regex Day();
}
