using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rdv.Local.HostileTables;

/// <summary>A row that a request writes.</summary>
/// <param name="Json">Its columns; null where it is deleted.</param>
internal sealed record WrittenRow(string? Partition, string? Key, JsonElement? Json);

/// <summary>What is asked of the Table service.</summary>
/// <param name="Query">With its question mark.</param>
/// <param name="IsQuery">Of a range of rows.</param>
/// <param name="Partition">Of a query or a single row, where it names one.</param>
/// <param name="Rows">That it writes.</param>
internal sealed partial record TableRequest(string Query, byte[] Body, bool IsQuery, bool IsBatch, string? Partition, IReadOnlyList<WrittenRow> Rows)
{
    public static TableRequest Read(string method, string path, string query, byte[] body)
    {
        var isBatch = path.EndsWith("/$batch", StringComparison.Ordinal);
        var named = NamedKeys().Match(Uri.UnescapeDataString(path));
        var isTables = path.Contains("/Tables", StringComparison.Ordinal) || query.Contains("comp=", StringComparison.Ordinal);
        if (isTables)
        {
            return new(query, body, false, false, null, []);
        }

        if (isBatch)
        {
            return new(query, body, false, true, null, [.. Parts(Encoding.UTF8.GetString(body))]);
        }

        if (HttpMethods.IsGet(method))
        {
            var filter = InFilter().Match(Uri.UnescapeDataString(query.Replace('+', ' ')));
            return new(query, body, !named.Success, false, named.Success ? Unquote(named.Groups[1].Value) : filter.Success ? Unquote(filter.Groups[1].Value) : null, []);
        }

        var row = RowOf(named, body.Length == 0 ? null : Encoding.UTF8.GetString(body));
        return new(query, body, false, false, row.Partition, [row]);
    }

    /// <summary>How many rows an answer brings.</summary>
    public static int CountRows(byte[] body) => Encoding.UTF8.GetString(body).Split("\"RowKey\":").Length - 1;

    private static IEnumerable<WrittenRow> Parts(string body)
    {
        foreach (var part in body.Split("\nContent-Type: application/http", StringSplitOptions.None).Skip(1))
        {
            var json = part.IndexOf("\n{", StringComparison.Ordinal);
            var end = part.LastIndexOf('}');
            yield return RowOf(NamedKeys().Match(Uri.UnescapeDataString(part.Split("HTTP/1.1", 2)[0])), json >= 0 && end > json ? part[(json + 1)..(end + 1)] : null);
        }
    }

    private static WrittenRow RowOf(Match named, string? json)
    {
        var row = json is null ? default(JsonElement?) : JsonDocument.Parse(json).RootElement;
        return new WrittenRow(
            named.Success ? Unquote(named.Groups[1].Value) : Text("PartitionKey"), named.Success ? Unquote(named.Groups[2].Value) : Text("RowKey"), row);

        string? Text(string name) => row is { } element && element.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    private static string Unquote(string literal) => literal.Replace("''", "'", StringComparison.Ordinal);

    [GeneratedRegex(@"\(PartitionKey='((?:[^']|'')*)',\s*RowKey='((?:[^']|'')*)'\)")]
    private static partial Regex NamedKeys();

    [GeneratedRegex(@"PartitionKey eq '((?:[^']|'')*)'")]
    private static partial Regex InFilter();
}
