using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Advisors;

/// <summary>One weekly period as it was typed.</summary>
/// <param name="Number">From 0: where it stands in the form, and in what the domain says of it.</param>
/// <param name="Every">1 for each week, 2 for every other, and so on.</param>
/// <param name="StartsOn">Empty for since always.</param>
/// <param name="EndsOn">Empty for without end.</param>
/// <param name="Topics">Ids; empty for all that the advisor teaches.</param>
/// <param name="Means">Empty for at the place only.</param>
public sealed record HoursLine(
    int Number, IReadOnlySet<int> Days, string? From, string? To, string? Place, string? Every, string? StartsOn, string? EndsOn, IReadOnlySet<string> Topics, IReadOnlySet<Means> Means)
{
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>As the days of the week are abbreviated in an import.</summary>
    public static IReadOnlyList<(int Day, string Field, string Name)> Week { get; } =
    [
        (1, "lun", "lundi"), (2, "mar", "mardi"), (3, "mer", "mercredi"), (4, "jeu", "jeudi"), (5, "ven", "vendredi"), (6, "sam", "samedi"), (7, "dim", "dimanche"),
    ];

    public static IReadOnlyList<Means> Ways { get; } = [Rdv.Means.Place, Rdv.Means.Phone, Rdv.Means.Video, Rdv.Means.Home];

    public string FieldOf(string what) => string.Create(CultureInfo.InvariantCulture, $"p{Number}.{what}");

    public string FromField => FieldOf("de");

    public string ToField => FieldOf("a");

    public string PlaceField => FieldOf("lieu");

    public string EveryField => FieldOf("rythme");

    public string StartsField => FieldOf("du");

    public string EndsField => FieldOf("au");

    /// <summary>What is wrong with the days together is told at the first.</summary>
    public string DaysField => FieldOf(Week[0].Field);

    /// <summary>The same of the ways to meet.</summary>
    public string MeansField => FieldOf(MeansChoice.WordOf(Ways[0]));

    /// <summary>Nothing was typed: it is as if it were not there.</summary>
    public bool IsEmpty => Days.Count == 0 && string.IsNullOrEmpty(From) && string.IsNullOrEmpty(To);

    public static HoursLine Empty(int number, string? place) =>
        new(number, new HashSet<int>(), null, null, place, "1", null, null, new HashSet<string>(), new HashSet<Means> { Rdv.Means.Place });

    public static HoursLine Of(OpeningHours hours, int number) => new(
        number,
        hours.Days.ToHashSet(),
        Time.Format(hours.From),
        Time.Format(hours.To),
        hours.PlaceId.Value,
        hours.EveryWeeks.ToString(CultureInfo.InvariantCulture),
        Text(hours.StartsOn),
        Text(hours.EndsOn),
        (hours.Topics ?? []).ToHashSet(),
        Ways.Where(hours.Offers).ToHashSet());

    /// <param name="value">The posted value of a field; null when there is none.</param>
    /// <returns>Null when the form has no such line.</returns>
    public static HoursLine? Read(int number, Func<string, string?> value)
    {
        var line = Empty(number, null);
        return value(line.FromField) is null ? null : line with
        {
            Days = Week.Where(day => value(line.FieldOf(day.Field)) is not null).Select(day => day.Day).ToHashSet(),
            From = value(line.FromField),
            To = value(line.ToField),
            Place = value(line.PlaceField),
            Every = value(line.EveryField),
            StartsOn = value(line.StartsField),
            EndsOn = value(line.EndsField),
            Topics = Rdv.Directory.Topics.All.Where(topic => value(line.FieldOf(topic.Id)) is not null).Select(topic => topic.Id).ToHashSet(),
            Means = Ways.Where(means => value(line.FieldOf(MeansChoice.WordOf(means))) is not null).ToHashSet(),
        };
    }

    /// <summary>What the line says; with what cannot be read told at its field.</summary>
    public OpeningHours? Parse(FieldErrors errors)
    {
        var before = errors.Count;
        if (Days.Count == 0)
        {
            errors.Add(DaysField, "Cochez au moins un jour.");
        }

        var (from, to) = (TimeOf(From, FromField, errors), TimeOf(To, ToField, errors));
        var (starts, ends) = (DayOf(StartsOn, StartsField, errors), DayOf(EndsOn, EndsField, errors));
        if (!DirectoryIds.IsValid(Place))
        {
            errors.Add(PlaceField, "Choisissez un lieu.");
        }

        if (Means.Count == 0)
        {
            errors.Add(MeansField, "Dites comment vous recevez.");
        }

        if (!int.TryParse(Every, NumberStyles.None, CultureInfo.InvariantCulture, out var every))
        {
            errors.Add(EveryField, "Choisissez un rythme.");
        }

        return errors.Count > before ? null : new OpeningHours(
            [.. Days.Order()],
            from,
            to,
            new PlaceId(Place!),
            Topics.Count == 0 ? null : [.. Rdv.Directory.Topics.All.Select(topic => topic.Id).Where(Topics.Contains)],
            every,
            starts,
            ends,
            Means.SetEquals([Rdv.Means.Place]) ? null : [.. Ways.Where(Means.Contains)]);
    }

    /// <summary>Where the form shows what the domain says of this period, as <c>[2].placeId</c> of the third.</summary>
    public string FieldOfProblem(string path) => path.EndsWith(".placeId", StringComparison.Ordinal) ? PlaceField : FromField;

    private static LocalTime TimeOf(string? text, string field, FieldErrors errors)
    {
        if (TimeInput.Time(text) is { } time)
        {
            return time;
        }

        errors.Add(field, "Indiquez l'heure. Exemple : 09:00.");
        return default;
    }

    private static LocalDate? DayOf(string? text, string field, FieldErrors errors)
    {
        if (!string.IsNullOrEmpty(text) && TimeInput.Day(text) is null)
        {
            errors.Add(field, "Ce jour ne se lit pas. Exemple : 2026-11-24.");
        }

        return TimeInput.Day(text);
    }

    private static string? Text(LocalDate? date) => date is { } day ? LocalDatePattern.Iso.Format(day) : null;
}
