using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using NodaTime;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Ids;
using Rdv.Load;
using Rdv.Territories;

namespace Rdv.Azure.Load;

/// <summary>The sums of a month: a column for each day, and one for its hours, which most do not ask for.</summary>
internal sealed partial class SumsRow : IRowFormat<MonthSums>
{
    private const int MostDays = 31;

    /// <summary>What is read of a month without its hours.</summary>
    public static IEnumerable<string> WithoutHours { get; } = [.. Enumerable.Range(1, MostDays).Select(DayName).Append("RowKey")];

    public static TableEntity Write(Territory territory, MonthSums sums) => Write(new TableEntity(territory.Code, RowKeys.Sums(sums)), sums);

    public static TableEntity WriteCountry(MonthSums sums) => Write(new TableEntity(RowKeys.LoadPartition, RowKeys.CountrySums(sums)), sums);

    // load|2026-11|{structure}
    public static MonthSums Read(Territory territory, TableEntity row) => row.RowKey.Split('|') is [_, var month, var structure]
        ? new MonthSums(territory, new StructureId(structure), Month(month), Days(row))
        : throw new InvalidDataException("Sums stand under a key that nobody writes.");

    // month|2026-11|{territory}
    public static MonthSums ReadCountry(TableEntity row) => row.RowKey.Split('|') is [_, var month, var territory]
        ? new MonthSums(Territory.Parse(territory), null, Month(month), Days(row))
        : throw new InvalidDataException("Sums stand under a key that nobody writes.");

    private static TableEntity Write(TableEntity row, MonthSums sums)
    {
        foreach (var (day, of) in sums.Days)
        {
            row[DayName(day)] = JsonSerializer.Serialize(
                new StoredSums(
                    of.Counts.OfferedMinutes,
                    of.Counts.BookedMinutes,
                    of.Counts.Booked,
                    of.Counts.Kept,
                    of.Counts.Missed,
                    of.Counts.Cancelled,
                    of.Counts.WalkIns,
                    of.Unmet,
                    of.Third is { } third ? [third.Web ?? -1, third.Phone ?? -1] : null),
                SumsJson.Default.StoredSums);
            row.With(HoursName(day), of.Hours.Count == 0
                ? null
                : string.Join(' ', of.Hours.Select(hour => string.Create(CultureInfo.InvariantCulture, $"{hour.Hour}:{hour.OfferedMinutes}:{hour.BookedMinutes}:{hour.Meetings}"))));
        }

        return row;
    }

    private static Dictionary<int, DaySums> Days(TableEntity row)
    {
        var days = new Dictionary<int, DaySums>();
        for (var day = 1; day <= MostDays; day++)
        {
            if (row.GetString(DayName(day)) is { } json)
            {
                days[day] = Read(JsonSerializer.Deserialize(json, SumsJson.Default.StoredSums)!, row.GetString(HoursName(day)));
            }
        }

        return days;
    }

    private static DaySums Read(StoredSums stored, string? hours) => new(
        new LoadCounts(stored.OfferedMinutes, stored.BookedMinutes, stored.Booked, stored.Kept, stored.Missed, stored.Cancelled, stored.WalkIns),
        stored.Unmet,
        stored.Third is [var web, var phone] ? new ThirdNextAvailable(web < 0 ? null : web, phone < 0 ? null : phone) : null,
        hours is null ? [] : [.. hours.Split(' ').Select(ReadHour)]);

    private static HourLoad ReadHour(string text)
    {
        var numbers = text.Split(':').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return new HourLoad(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    private static YearMonth Month(string text) => new(int.Parse(text.AsSpan(0, 4), provider: CultureInfo.InvariantCulture), int.Parse(text.AsSpan(5), provider: CultureInfo.InvariantCulture));

    private static string DayName(int day) => $"D{day:D2}";

    private static string HoursName(int day) => $"H{day:D2}";

    private sealed record StoredSums(
        [property: JsonPropertyName("o")] int OfferedMinutes,
        [property: JsonPropertyName("m")] int BookedMinutes,
        [property: JsonPropertyName("b")] int Booked,
        [property: JsonPropertyName("k")] int Kept,
        [property: JsonPropertyName("a")] int Missed,
        [property: JsonPropertyName("c")] int Cancelled,
        [property: JsonPropertyName("w")] int WalkIns,
        [property: JsonPropertyName("u")] int Unmet,
        [property: JsonPropertyName("t")] int[]? Third);

    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonSerializable(typeof(StoredSums))]
    private sealed partial class SumsJson : JsonSerializerContext;
}
