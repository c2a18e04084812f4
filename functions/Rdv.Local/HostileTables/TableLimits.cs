using System.Text.Json;

namespace Rdv.Local.HostileTables;

/// <summary>The limits of the Table service on what is written.</summary>
/// <remarks>
/// https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model,
/// https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions,
/// https://learn.microsoft.com/rest/api/storageservices/table-service-error-codes
/// </remarks>
internal static class TableLimits
{
    public const int RowsInABatch = 100;
    public const int BytesOfABatch = 4 * 1024 * 1024;
    public const int BytesOfARow = 1024 * 1024;
    public const int CharactersOfAText = 32 * 1024;
    public const int CharactersOfAKey = 1024;

    /// <summary>Beside the two keys and the timestamp.</summary>
    public const int Columns = 252;

    /// <returns>The status and the code of the refusal; null when it may pass.</returns>
    public static (int Status, string Code)? Refuse(TableRequest request)
    {
        if (request.Body.Length > BytesOfABatch)
        {
            return (StatusCodes.Status413PayloadTooLarge, "RequestBodyTooLarge");
        }

        if (request.IsBatch && request.Rows.Count > RowsInABatch)
        {
            return (StatusCodes.Status400BadRequest, "InvalidInput");
        }

        if (request.Rows.Select(row => row.Partition).Distinct().Count() > 1)
        {
            return (StatusCodes.Status400BadRequest, "CommandsInBatchActOnDifferentPartitions");
        }

        if (request.Rows.Select(row => row.Key).Distinct().Count() < request.Rows.Count)
        {
            return (StatusCodes.Status400BadRequest, "InvalidDuplicateRow");
        }

        foreach (var row in request.Rows)
        {
            if (Refuse(row) is { } code)
            {
                return (StatusCodes.Status400BadRequest, code);
            }
        }

        return null;
    }

    private static string? Refuse(WrittenRow row)
    {
        foreach (var key in new[] { row.Partition, row.Key })
        {
            if (key is null)
            {
                return "PropertiesNeedValue";
            }

            if (key.Length > CharactersOfAKey)
            {
                return "KeyValueTooLarge";
            }

            if (key.Any(character => character is '/' or '\\' or '#' or '?' || char.IsControl(character)))
            {
                return "OutOfRangeInput";
            }
        }

        if (row.Json is not { } json)
        {
            return null;
        }

        var columns = json.EnumerateObject()
            .Where(column => !column.Name.Contains("odata", StringComparison.Ordinal) && column.Name is not ("PartitionKey" or "RowKey" or "Timestamp"))
            .ToList();
        return columns.Count > Columns ? "TooManyProperties"
            : columns.Exists(column => column.Name.Length > 255) ? "PropertyNameTooLong"
            : columns.Exists(column => column.Value.ValueKind == JsonValueKind.String && column.Value.GetString()!.Length > CharactersOfAText) ? "PropertyValueTooLarge"
            : Size(row, columns) > BytesOfARow ? "EntityTooLarge"
            : null;
    }

    // As the service counts: 4 bytes, the keys and each column's name and text in UTF-16, 8 bytes a column.
    private static int Size(WrittenRow row, List<JsonProperty> columns) =>
        4 + (2 * (row.Partition!.Length + row.Key!.Length))
        + columns.Sum(column => 8 + (2 * column.Name.Length) + (column.Value.ValueKind == JsonValueKind.String ? 4 + (2 * column.Value.GetString()!.Length) : 8));
}
