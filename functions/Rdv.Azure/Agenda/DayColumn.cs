using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;

namespace Rdv.Azure.Agenda;

/// <summary>A day of the agenda as one string property: compact JSON, no person in it (docs/tables.md).</summary>
internal static partial class DayColumn
{
    public static string Name(int day) => $"D{day:D2}";

    public static string Write(DayAgenda day) => JsonSerializer.Serialize(
        new StoredDay(
            day.Entries.IsEmpty ? null : [.. day.Entries.Select(Write)],
            day.Cancelled,
            day.WalkIns,
            day.OfferedMinutes),
        StoredJson.Default.StoredDay);

    public static DayAgenda Read(string json)
    {
        var stored = JsonSerializer.Deserialize(json, StoredJson.Default.StoredDay)
            ?? throw new InvalidDataException("A day of the agenda is not what was written.");
        return new DayAgenda(
            stored.Entries is null ? [] : [.. stored.Entries.Select(Read)], stored.Cancelled, stored.WalkIns, stored.OfferedMinutes);
    }

    private static StoredEntry Write(AgendaEntry entry) => new(
        Code(entry.Kind),
        entry.StartCell,
        entry.CellCount,
        entry.Id,
        entry.Topic,
        entry.PlaceId?.Value,
        entry.Version,
        entry.Outcome switch { EntryOutcome.Kept => "k", EntryOutcome.Missed => "m", _ => null },
        entry.Expires?.ToUnixTimeSeconds());

    private static AgendaEntry Read(StoredEntry entry) => new(
        Kind(entry.Kind),
        entry.StartCell,
        entry.CellCount,
        entry.Id,
        entry.Topic,
        entry.Place is null ? null : new PlaceId(entry.Place),
        entry.Version,
        entry.Outcome switch { "k" => EntryOutcome.Kept, "m" => EntryOutcome.Missed, _ => EntryOutcome.None },
        entry.Expires is { } seconds ? Instant.FromUnixTimeSeconds(seconds) : null);

    private static string Code(EntryKind kind) => kind switch
    {
        EntryKind.Appointment => "a",
        EntryKind.Workshop => "w",
        EntryKind.Absence => "x",
        EntryKind.Hold => "h",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static EntryKind Kind(string code) => code switch
    {
        "a" => EntryKind.Appointment,
        "w" => EntryKind.Workshop,
        "x" => EntryKind.Absence,
        "h" => EntryKind.Hold,
        _ => throw new InvalidDataException($"An entry of the agenda is of a kind that nobody writes: {code}."),
    };

    private sealed record StoredDay(
        [property: JsonPropertyName("e")] StoredEntry[]? Entries,
        [property: JsonPropertyName("c")] int Cancelled,
        [property: JsonPropertyName("w")] int WalkIns,
        [property: JsonPropertyName("o")] int? OfferedMinutes);

    private sealed record StoredEntry(
        [property: JsonPropertyName("k")] string Kind,
        [property: JsonPropertyName("s")] int StartCell,
        [property: JsonPropertyName("n")] int CellCount,
        [property: JsonPropertyName("i")] string Id,
        [property: JsonPropertyName("t")] string? Topic,
        [property: JsonPropertyName("p")] string? Place,
        [property: JsonPropertyName("v")] int Version,
        [property: JsonPropertyName("o")] string? Outcome,
        [property: JsonPropertyName("x")] long? Expires);

    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonSerializable(typeof(StoredDay))]
    private sealed partial class StoredJson : JsonSerializerContext;
}
