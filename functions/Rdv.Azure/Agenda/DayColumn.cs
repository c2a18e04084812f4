using System.Buffers;
using System.Collections.Immutable;
using System.Text;
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

    /// <summary>Reads without objects in between: a search reads thousands of entries.</summary>
    /// <exception cref="InvalidDataException">Nobody writes such a day.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static DayAgenda Read(string json)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(json.Length));
        try
        {
            var utf8 = rented.AsSpan(0, Encoding.UTF8.GetBytes(json, rented));
            return Read(utf8);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static DayAgenda Read(ReadOnlySpan<byte> utf8)
    {
        // The day is an object, and so is each entry; a brace in a title only makes room for one more.
        var entries = ImmutableArray.CreateBuilder<AgendaEntry>(Math.Max(0, utf8.Count((byte)'{') - 1));
        var (cancelled, walkIns, offered) = (0, 0, default(int?));
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        Expect(JsonTokenType.StartObject, ref reader);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Next(ref reader);
            switch (name)
            {
                case 'e':
                    Expect(JsonTokenType.StartArray, ref reader);
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    {
                        entries.Add(ReadEntry(ref reader));
                    }

                    break;
                case 'c':
                    cancelled = reader.GetInt32();
                    break;
                case 'w':
                    walkIns = reader.GetInt32();
                    break;
                case 'o':
                    offered = reader.GetInt32();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new DayAgenda(entries.DrainToImmutable(), cancelled, walkIns, offered);
    }

    private static AgendaEntry ReadEntry(ref Utf8JsonReader reader)
    {
        Expect(JsonTokenType.StartObject, ref reader);
        EntryKind? kind = null;
        string? id = null, topic = null, place = null, home = null;
        string? title = null, codes = null, kept = null, session = null, lead = null;
        var (start, count, version, outcome, expires, seats) = (0, 0, 0, EntryOutcome.None, default(Instant?), 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            switch (Next(ref reader))
            {
                case 'k':
                    kind = Kind(reader.ValueSpan);
                    break;
                case 's':
                    start = reader.GetInt32();
                    break;
                case 'n':
                    count = reader.GetInt32();
                    break;
                case 'i':
                    id = reader.GetString();
                    break;
                case 't':
                    topic = SharedTexts.Read(ref reader);
                    break;
                case 'p':
                    place = SharedTexts.Read(ref reader);
                    break;
                case 'h':
                    home = SharedTexts.Read(ref reader);
                    break;
                case 'v':
                    version = reader.GetInt32();
                    break;
                case 'o':
                    outcome = SharedTexts.Read(ref reader) switch { "k" => EntryOutcome.Kept, "m" => EntryOutcome.Missed, _ => EntryOutcome.None };
                    break;
                case 'x':
                    expires = Instant.FromUnixTimeSeconds(reader.GetInt64());
                    break;
                case 'l':
                    title = reader.GetString();
                    break;
                case 'c':
                    seats = reader.GetInt32();
                    break;
                case 'b':
                    codes = reader.GetString();
                    break;
                case 'g':
                    kept = reader.GetString();
                    break;
                case 'a':
                    lead = reader.GetString();
                    break;
                case 'q':
                    session = reader.GetString();
                    break;
                default:
                    reader.Skip();
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

    // Goes on to the value of a property, and tells the property; what has more than one letter is none of ours.
    private static char Next(ref Utf8JsonReader reader)
    {
        var name = reader.ValueSpan.Length == 1 ? (char)reader.ValueSpan[0] : default;
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? default : name;
    }

    private static void Expect(JsonTokenType type, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != type)
        {
            throw new InvalidDataException("A day of the agenda is not what was written.");
        }
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

    private static EntryKind Kind(ReadOnlySpan<byte> code) => code switch
    {
        [(byte)'a'] => EntryKind.Appointment,
        [(byte)'w'] => EntryKind.Workshop,
        [(byte)'x'] => EntryKind.Absence,
        [(byte)'h'] => EntryKind.Hold,
        [(byte)'b'] => EntryKind.Calendar,
        _ => throw new InvalidDataException($"An entry of the agenda is of a kind that nobody writes: {Encoding.UTF8.GetString(code)}."),
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
