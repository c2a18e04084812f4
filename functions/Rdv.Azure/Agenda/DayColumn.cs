using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Rdv.Agenda;
using Rdv.Ids;

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

    /// <exception cref="InvalidDataException">Nobody writes such a day.</exception>
    /// <exception cref="JsonException">The same, inside a text.</exception>
    public static DayAgenda Read(ReadOnlySpan<char> text)
    {
        // The day is an object, and so is each entry; a brace in a title only makes room for one more.
        var entries = ImmutableArray.CreateBuilder<AgendaEntry>(Math.Max(0, text.Count('{') - 1));
        var (cancelled, walkIns, offered) = (0, 0, default(int?));
        var json = new CompactJson(text);
        json.Take('{');
        while (json.TryProperty(out var name))
        {
            switch (name)
            {
                case 'e':
                    json.Take('[');
                    while (!json.TryTake(']'))
                    {
                        json.TryTake(',');
                        entries.Add(ReadEntry(ref json));
                    }

                    break;
                case 'c':
                    cancelled = json.Int();
                    break;
                case 'w':
                    walkIns = json.Int();
                    break;
                case 'o':
                    offered = json.Int();
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return new DayAgenda(entries.DrainToImmutable(), cancelled, walkIns, offered);
    }

    private static AgendaEntry ReadEntry(ref CompactJson json)
    {
        EntryKind? kind = null;
        string? id = null, topic = null, place = null, home = null;
        string? title = null, codes = null, kept = null, session = null, lead = null;
        var (start, count, version, outcome, expires, seats) = (0, 0, 0, EntryOutcome.None, default(Instant?), 0);
        json.Take('{');
        while (json.TryProperty(out var name))
        {
            switch (name)
            {
                case 'k':
                    kind = Kind(json.Text());
                    break;
                case 's':
                    start = json.Int();
                    break;
                case 'n':
                    count = json.Int();
                    break;
                case 'i':
                    id = json.Text().ToString();
                    break;
                case 't':
                    topic = SharedTexts.Of(json.Text());
                    break;
                case 'p':
                    place = SharedTexts.Of(json.Text());
                    break;
                case 'h':
                    home = SharedTexts.Of(json.Text());
                    break;
                case 'v':
                    version = json.Int();
                    break;
                case 'o':
                    outcome = json.Text() switch { "k" => EntryOutcome.Kept, "m" => EntryOutcome.Missed, _ => EntryOutcome.None };
                    break;
                case 'x':
                    expires = Instant.FromUnixTimeSeconds(json.Long());
                    break;
                case 'l':
                    title = json.Text().ToString();
                    break;
                case 'c':
                    seats = json.Int();
                    break;
                case 'b':
                    codes = json.Text().ToString();
                    break;
                case 'g':
                    kept = json.Text().ToString();
                    break;
                case 'a':
                    lead = SharedTexts.Of(json.Text());
                    break;
                case 'q':
                    session = json.Text().ToString();
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return new AgendaEntry(
            kind ?? throw new InvalidDataException("An entry of the agenda has no kind."),
            start,
            count,
            id ?? throw new InvalidDataException("An entry of the agenda has no id."),
            topic,
            place is null ? null : new PlaceId(place),
            version,
            outcome,
            expires,
            kind == EntryKind.Workshop ? new WorkshopSeats(title ?? "", seats, Split(codes)) { Kept = SplitKept(kept), Session = session is null ? null : SessionOf.Parse(session), Lead = lead is null ? null : new AdvisorId(lead) } : null)
        {
            Home = home,
        };
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
        entry.Expires?.ToUnixTimeSeconds(),
        entry.Seats?.Title,
        entry.Seats?.Count ?? 0,
        entry.Seats is { Taken: > 0 } seats ? string.Concat(seats.Codes) : null,
        entry.Seats is { Kept.IsEmpty: false } some ? string.Join(' ', some.Kept.Select(seat => $"{seat.Hold}:{seat.Until.ToUnixTimeSeconds()}")) : null,
        entry.Home,
        entry.Seats?.Session?.ToString(),
        entry.Seats?.Lead?.Value);

    // Codes are all of one length, and stand in a row.
    private static ImmutableArray<string> Split(string? codes) =>
        codes is null ? [] : [.. codes.Chunk(AppointmentReference.CodeLength).Select(code => new string(code))];

    private static ImmutableArray<KeptSeat> SplitKept(string? kept) => kept is null ? [] : [.. kept.Split(' ')
        .Select(seat => seat.Split(':'))
        .Select(parts => new KeptSeat(parts[0], Instant.FromUnixTimeSeconds(long.Parse(parts[1], provider: null))))];

    private static string Code(EntryKind kind) => kind switch
    {
        EntryKind.Appointment => "a",
        EntryKind.Workshop => "w",
        EntryKind.Absence => "x",
        EntryKind.Hold => "h",
        EntryKind.Calendar => "b",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static EntryKind Kind(ReadOnlySpan<char> code) => code switch
    {
        "a" => EntryKind.Appointment,
        "w" => EntryKind.Workshop,
        "x" => EntryKind.Absence,
        "h" => EntryKind.Hold,
        "b" => EntryKind.Calendar,
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
        [property: JsonPropertyName("x")] long? Expires,
        [property: JsonPropertyName("l")] string? Title,
        [property: JsonPropertyName("c")] int Seats,
        [property: JsonPropertyName("b")] string? Codes,
        [property: JsonPropertyName("g")] string? Kept,
        [property: JsonPropertyName("h")] string? Home,
        [property: JsonPropertyName("q")] string? Session,
        [property: JsonPropertyName("a")] string? Lead);

    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonSerializable(typeof(StoredDay))]
    private sealed partial class StoredJson : JsonSerializerContext;
}
