using Azure.Data.Tables;
using NodaTime;
using Rdv.Ids;

namespace Rdv.Azure.Tables;

/// <summary>Typed columns: what is missing says so by name, and an instant is stored as UTC.</summary>
internal static class EntityExtensions
{
    public static string Text(this TableEntity row, string column) =>
        row.GetString(column) ?? throw new InvalidDataException($"A row of the family {Family(row)} lacks its column {column}.");

    public static int Number(this TableEntity row, string column) =>
        row.GetInt32(column) ?? throw new InvalidDataException($"A row of the family {Family(row)} lacks its column {column}.");

    public static Instant Instant(this TableEntity row, string column) =>
        row.FindInstant(column) ?? throw new InvalidDataException($"A row of the family {Family(row)} lacks its column {column}.");

    public static Instant? FindInstant(this TableEntity row, string column) =>
        row.GetDateTimeOffset(column) is { } value ? NodaTime.Instant.FromDateTimeOffset(value) : null;

    /// <exception cref="InvalidDataException">Means that this version does not know.</exception>
    public static Means Means(this TableEntity row) =>
        MeansWords.Parse(row.GetString("Means")) ?? throw new InvalidDataException($"A row of the family {Family(row)} has unknown means.");

    /// <exception cref="InvalidDataException">Nobody writes it so.</exception>
    public static SessionOf? Session(this TableEntity row) => row.GetString("Session") is { } text ? SessionOf.Parse(text) : null;

    /// <summary>Null is not stored: a replaced row simply lacks the column.</summary>
    public static TableEntity With(this TableEntity row, string column, object? value)
    {
        if (value is not null)
        {
            row[column] = value is Instant instant ? instant.ToDateTimeOffset() : value;
        }

        return row;
    }

    // The family only: the rest of a key may hold a hash of a number.
    private static string Family(TableEntity row) => row.RowKey.Split('|')[0];
}
