using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Azure.Data.Tables;

namespace Rdv.Azure.Backups;

/// <summary>
/// One row as a line of JSON: its key, and each column with its type, in the order of their names, so that the same row is always the same line. A
/// string is itself; anything else names its type (https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model).
/// The partition is that of the file; <c>Timestamp</c> and <c>ETag</c> are storage's own.
/// </summary>
internal static class RowLine
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="InvalidDataException">A column of a type that Table Storage does not have.</exception>
    public static byte[] Write(TableEntity row)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("key", row.RowKey);
            json.WriteStartObject("columns");
            foreach (var (column, value) in row.Where(IsOurs).OrderBy(column => column.Key, StringComparer.Ordinal))
            {
                json.WritePropertyName(column);
                if (value is string text)
                {
                    json.WriteStringValue(text);
                    continue;
                }

                var (type, written) = Typed(column, value);
                json.WriteStartObject();
                json.WriteString(type, written);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="InvalidDataException">A line that <see cref="Write"/> does not write.</exception>
    public static TableEntity Read(string partition, string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var row = new TableEntity(partition, json.RootElement.GetProperty("key").GetString());
            foreach (var column in json.RootElement.GetProperty("columns").EnumerateObject())
            {
                row[column.Name] = column.Value.ValueKind == JsonValueKind.String ? column.Value.GetString() : Value(column.Value.EnumerateObject().Single());
            }

            return row;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new InvalidDataException("A line of a backup is none.", exception);
        }
    }

    private static bool IsOurs(KeyValuePair<string, object?> column) =>
        column is { Value: not null, Key: not ("PartitionKey" or "RowKey" or "Timestamp") } && !column.Key.StartsWith("odata.", StringComparison.Ordinal);

    private static (string Type, string Value) Typed(string column, object? value) => value switch
    {
        int number => ("int32", number.ToString(CultureInfo.InvariantCulture)),
        long number => ("int64", number.ToString(CultureInfo.InvariantCulture)),
        double number => ("double", number.ToString("R", CultureInfo.InvariantCulture)),
        bool truth => ("boolean", truth ? "true" : "false"),
        DateTimeOffset instant => ("datetime", instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
        Guid guid => ("guid", guid.ToString("D")),
        byte[] bytes => ("binary", Convert.ToBase64String(bytes)),
        BinaryData bytes => ("binary", Convert.ToBase64String(bytes)),
        _ => throw new InvalidDataException($"The column {column} is of a type that no backup knows."),
    };

    private static object Value(JsonProperty typed)
    {
        var text = typed.Value.GetString()!;
        return typed.Name switch
        {
            "int32" => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
            "int64" => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
            "double" => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
            "boolean" => bool.Parse(text),
            "datetime" => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            "guid" => Guid.ParseExact(text, "D"),
            "binary" => Convert.FromBase64String(text),
            _ => throw new FormatException($"{typed.Name} is no type of a column."),
        };
    }
}
