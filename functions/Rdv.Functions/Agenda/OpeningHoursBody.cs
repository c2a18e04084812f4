using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Ids;

namespace Rdv.Functions.Agenda;

/// <summary>One weekly period as the API reads and writes it.</summary>
public sealed record OpeningHoursBody(
    IReadOnlyList<int>? Days, string? From, string? To, string? PlaceId, IReadOnlyList<string>? Topics, int? EveryWeeks, string? StartsOn, string? EndsOn)
{
    /// <summary><c>place</c>, <c>phone</c>, <c>video</c>, <c>home</c>; left out for at the place only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string?>? Means { get; init; }

    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static OpeningHoursBody Of(OpeningHours hours) => new(
        hours.Days,
        Time.Format(hours.From),
        Time.Format(hours.To),
        hours.PlaceId.Value,
        hours.Topics,
        hours.EveryWeeks,
        hours.StartsOn is { } start ? Values.Format(start) : null,
        hours.EndsOn is { } end ? Values.Format(end) : null)
    {
        Means = hours.Means?.Select(MeansWords.Of).ToArray(),
    };

    public static Result<OpeningHours[]> Read(OpeningHoursBody?[] body)
    {
        var errors = new FieldErrors();
        var empty = new OpeningHoursBody(null, null, null, null, null, null, null, null);
        var hours = body.Select((period, i) => (period ?? empty).Read($"[{i}]", errors)).ToArray();
        return errors.Any ? new Refusal.Invalid(errors) : hours.OfType<OpeningHours>().ToArray();
    }

    /// <summary>Null, with what is wrong, when it cannot be read.</summary>
    /// <param name="name">How errors name this period: <c>[0]</c>.</param>
    private OpeningHours? Read(string name, FieldErrors errors)
    {
        var before = errors.Count;
        var from = ReadTime(From, $"{name}.from", errors);
        var to = ReadTime(To, $"{name}.to", errors);
        var starts = ReadDay(StartsOn, $"{name}.startsOn", errors);
        var ends = ReadDay(EndsOn, $"{name}.endsOn", errors);
        if (string.IsNullOrEmpty(PlaceId))
        {
            errors.Add($"{name}.placeId", "Indiquez le lieu.");
        }

        var means = Means?.Select(word => word is null ? null : MeansWords.Parse(word)).Distinct().ToArray();
        if (means?.Contains(null) == true)
        {
            errors.Add($"{name}.means", MeansWords.Problem);
        }

        return errors.Count > before
            ? null
            : new OpeningHours([.. (Days ?? []).Distinct().Order()], from, to, new PlaceId(PlaceId!), Topics, EveryWeeks ?? 1, starts, ends, means?.OfType<Means>().ToArray());
    }

    private static LocalTime ReadTime(string? text, string name, FieldErrors errors)
    {
        if (text is { Length: 5 } && Time.Parse(text) is { Success: true } time)
        {
            return time.Value;
        }

        errors.Add(name, "Cette heure ne se lit pas. Exemple : 09:00.");
        return default;
    }

    private static LocalDate? ReadDay(string? text, string name, FieldErrors errors)
    {
        if (text is not null && Values.ParseDay(text) is null)
        {
            errors.Add(name, "Ce jour ne se lit pas. Exemple : 2026-11-24.");
        }

        return Values.ParseDay(text);
    }
}
