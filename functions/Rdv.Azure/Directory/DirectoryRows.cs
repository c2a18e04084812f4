using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using NodaTime.Text;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Azure.Directory;

/// <summary>The rows of structures, places and advisors.</summary>
internal sealed partial class DirectoryRows : IRowFormat<Structure>, IRowFormat<Place>, IRowFormat<Advisor>
{
    public const string Prefix = "dir|";

    /// <summary>
    /// Written with any other row of the directory. It has no columns: its ETag is the revision. Its key is the first of them, so that whoever reads
    /// page by page while another writes has the older revision, and finds out.
    /// </summary>
    public const string Revision = Prefix + "!revision";

    private const string StructurePrefix = Prefix + "structure|";
    private const string PlacePrefix = Prefix + "place|";
    private const string AdvisorPrefix = Prefix + "advisor|";

    public static TableEntity Write(Territory territory, Structure structure) => new TableEntity(territory.Code, StructurePrefix + structure.Id)
        .With("Name", structure.Name)
        .With("Siret", structure.Siret)
        .With("SlotStepMinutes", structure.SlotStepMinutes)
        .With("WorkedHolidays", structure.WorkedHolidays is { Count: > 0 } holidays ? string.Join('|', holidays.Select(LocalDatePattern.Iso.Format)) : null)
        .With("Extra", structure.Extra is { Count: > 0 } extra
            ? JsonSerializer.Serialize(new Dictionary<string, string>(extra), DirectoryJson.Default.DictionaryStringString)
            : null)
        .With("SourceId", structure.SourceId)
        .With("MovedTo", structure.MovedTo?.Code)
        .With("PhoneShare", structure.PhoneShare == 0 ? null : structure.PhoneShare);

    public static TableEntity Write(Territory territory, Place place) => new TableEntity(territory.Code, PlacePrefix + place.Id)
        .With("StructureId", place.StructureId.Value)
        .With("Name", place.Name)
        .With("Address", place.Address)
        .With("Postcode", place.Postcode)
        .With("Commune", place.Commune)
        .With("Insee", place.Insee)
        .With("Latitude", place.Latitude)
        .With("Longitude", place.Longitude)
        .With("Access", place.Access)
        .With("Phone", place.Phone);

    public static TableEntity Write(Territory territory, Advisor advisor) => new TableEntity(territory.Code, AdvisorPrefix + advisor.Id)
        .With("StructureId", advisor.StructureId.Value)
        .With("DisplayName", advisor.DisplayName)
        .With("Email", advisor.Email)
        .With("Phone", advisor.Phone)
        .With("Topics", advisor.Topics.Count == 0 ? null : string.Join('|', advisor.Topics))
        .With("Hours", JsonSerializer.Serialize([.. advisor.Hours.Select(StoredHours.Of)], DirectoryJson.Default.StoredHoursArray))
        .With("HoursVersion", advisor.HoursVersion)
        .With("LeavesOn", advisor.LeavesOn is { } day ? LocalDatePattern.Iso.Format(day) : null)
        .With("Since", advisor.Since is { } since ? LocalDatePattern.Iso.Format(since) : null)
        .With("MailRefusedAt", advisor.MailRefusedAt)
        .With("ForgottenAt", advisor.ForgottenAt)
        .With("PauseMinutes", advisor.Rules?.PauseMinutes)
        .With("AppointmentsPerDay", advisor.Rules?.AppointmentsPerDay)
        .With("Travels", advisor.Rules?.Travels is { Count: > 0 } travels
            ? JsonSerializer.Serialize([.. travels.Select(StoredTravel.Of)], DirectoryJson.Default.StoredTravelArray)
            : null)
        .With("VideoLink", advisor.Rules?.VideoLink)
        .With("HomeKilometres", advisor.Rules?.HomeKilometres is > 0 and var kilometres ? kilometres : null);

    public static TerritoryDirectory Read(Territory territory, IEnumerable<TableEntity> rows)
    {
        var revision = default(string);
        var structures = new List<Structure>();
        var places = new List<Place>();
        var advisors = new List<Advisor>();
        foreach (var row in rows)
        {
            if (row.RowKey == Revision)
            {
                revision = row.ETag.ToString();
            }
            else if (row.RowKey.StartsWith(StructurePrefix, StringComparison.Ordinal))
            {
                structures.Add(ReadStructure(row));
            }
            else if (row.RowKey.StartsWith(PlacePrefix, StringComparison.Ordinal))
            {
                places.Add(ReadPlace(row));
            }
            else if (row.RowKey.StartsWith(AdvisorPrefix, StringComparison.Ordinal))
            {
                advisors.Add(ReadAdvisor(row));
            }
        }

        return new TerritoryDirectory(territory, structures, places, advisors) { Revision = revision };
    }

    public static string KeyOf(StructureId id) => StructurePrefix + id;

    public static string KeyOf(AdvisorId id) => AdvisorPrefix + id;

    public static Structure ReadStructure(TableEntity row) => new(
        new StructureId(row.RowKey[StructurePrefix.Length..]),
        row.Text("Name"),
        row.GetString("Siret"),
        row.Number("SlotStepMinutes"),
        row.GetString("WorkedHolidays")?.Split('|').Select(day => LocalDatePattern.Iso.Parse(day).Value).ToArray(),
        row.GetString("Extra") is { } extra ? JsonSerializer.Deserialize(extra, DirectoryJson.Default.DictionaryStringString) : null,
        row.GetString("SourceId"),
        row.GetString("MovedTo") is { } moved ? Territory.Parse(moved) : null,
        row.GetInt32("PhoneShare") ?? 0);

    private static Place ReadPlace(TableEntity row) => new(
        new PlaceId(row.RowKey[PlacePrefix.Length..]),
        new StructureId(row.Text("StructureId")),
        row.Text("Name"),
        row.GetString("Address"),
        row.GetString("Postcode"),
        row.Text("Commune"),
        row.GetString("Insee"),
        row.GetDouble("Latitude"),
        row.GetDouble("Longitude"),
        row.GetString("Access"),
        row.GetString("Phone"));

    public static Advisor ReadAdvisor(TableEntity row) => new(
        new AdvisorId(row.RowKey[AdvisorPrefix.Length..]),
        new StructureId(row.Text("StructureId")),
        row.Text("DisplayName"),
        row.GetString("Email"),
        row.GetString("Phone"),
        row.GetString("Topics")?.Split('|') ?? [],
        [.. (JsonSerializer.Deserialize(row.Text("Hours"), DirectoryJson.Default.StoredHoursArray) ?? []).Select(hours => hours.ToOpeningHours())],
        row.Number("HoursVersion"),
        row.GetString("LeavesOn") is { } day ? LocalDatePattern.Iso.Parse(day).Value : null,
        row.FindInstant("MailRefusedAt"),
        ReadRules(row))
    {
        Since = row.GetString("Since") is { } since ? LocalDatePattern.Iso.Parse(since).Value : null,
        ForgottenAt = row.FindInstant("ForgottenAt"),
    };

    // Those who were written before there were any have none.
    private static BookingRules? ReadRules(TableEntity row) => row.GetInt32("PauseMinutes") is { } pause
        ? new BookingRules(
            pause,
            row.GetInt32("AppointmentsPerDay"),
            row.GetString("Travels") is { } travels
                ? [.. (JsonSerializer.Deserialize(travels, DirectoryJson.Default.StoredTravelArray) ?? []).Select(travel => travel.ToTravel())]
                : null)
        {
            VideoLink = row.GetString("VideoLink"),
            HomeKilometres = row.GetInt32("HomeKilometres") ?? 0,
        }
        : null;

    /// <summary>Opening hours as they are stored: times <c>09:00</c>, days ISO.</summary>
    private sealed record StoredHours(
        int[] Days, string From, string To, string Place, string[]? Topics, int EveryWeeks, string? StartsOn, string? EndsOn, string[]? Means = null)
    {
        private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

        public static StoredHours Of(OpeningHours hours) => new(
            [.. hours.Days],
            Time.Format(hours.From),
            Time.Format(hours.To),
            hours.PlaceId.Value,
            hours.Topics is null ? null : [.. hours.Topics],
            hours.EveryWeeks,
            hours.StartsOn is { } start ? LocalDatePattern.Iso.Format(start) : null,
            hours.EndsOn is { } end ? LocalDatePattern.Iso.Format(end) : null,
            hours.Means is null ? null : [.. hours.Means.Select(MeansWords.Of)]);

        public OpeningHours ToOpeningHours() => new(
            Days,
            Time.Parse(From).Value,
            Time.Parse(To).Value,
            new PlaceId(Place),
            Topics,
            EveryWeeks,
            StartsOn is null ? null : LocalDatePattern.Iso.Parse(StartsOn).Value,
            EndsOn is null ? null : LocalDatePattern.Iso.Parse(EndsOn).Value,
            // What a later version of this program may have written is not offered by this one.
            Means?.Select(MeansWords.Parse).OfType<Means>().ToArray());
    }

    /// <summary>The time between two places as it is stored.</summary>
    private sealed record StoredTravel(string From, string To, int Minutes)
    {
        public static StoredTravel Of(Travel travel) => new(travel.From.Value, travel.To.Value, travel.Minutes);

        public Travel ToTravel() => new(new PlaceId(From), new PlaceId(To), Minutes);
    }

    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(StoredHours[]))]
    [JsonSerializable(typeof(StoredTravel[]))]
    [JsonSerializable(typeof(Dictionary<string, string>))]
    private sealed partial class DirectoryJson : JsonSerializerContext;
}
