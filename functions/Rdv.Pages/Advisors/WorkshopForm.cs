using System.Globalization;
using NodaTime;
using Rdv.Directory;
using Rdv.Pages.Shared;
using Rdv.Workshops;

namespace Rdv.Pages.Advisors;

/// <summary>The form that plans a workshop, or moves one, as it was typed.</summary>
public sealed record WorkshopForm(
    string? Title, string? Topic, string? Date, string? Start, string? Minutes, string? PlaceId, string? Seats, FormErrors Errors)
{
    // "start", "minutes" and the others are the names by which the rules speak of what is wrong.
    public const string TitleField = "title";
    public const string TopicField = "topic";
    public const string DateField = "day";
    public const string StartField = "start";
    public const string MinutesField = "minutes";
    public const string PlaceField = "placeId";
    public const string SeatsField = "seats";
    public const string SessionsField = "sessions";
    public const string EveryField = "every";
    public const string CoField = "coAdvisorId";

    public static IReadOnlyList<string> Fields { get; } = [TitleField, TopicField, DateField, StartField, MinutesField, PlaceField, SeatsField, CoField, SessionsField];

    public static WorkshopForm Empty { get; } = new(
        null, null, null, null, Workshop.DefaultMinutes.ToString(CultureInfo.InvariantCulture), null, null, FormErrors.None);

    public static IReadOnlyList<SelectGroup> Topics { get; } =
    [
        .. Directory.Topics.All.GroupBy(topic => topic.Group).Select(group => new SelectGroup(
            group.Key, [.. group.Select(topic => new SelectOption(topic.Id, topic.Label))])),
    ];

    public static IReadOnlyList<SelectGroup> Lengths { get; } =
    [
        new(null, [.. new[] { 30, 45, 60, 90, 120, 150, 180, 240, 360 }.Select(minutes => new SelectOption(
            minutes.ToString(CultureInfo.InvariantCulture), Words.Duration(minutes)))]),
    ];

    public static IReadOnlyList<SelectGroup> SessionCounts { get; } =
    [
        new(null, [new("1", "1 seule fois"), .. Enumerable.Range(Ids.CourseId.MinSessions, Ids.CourseId.MaxSessions - 1).Select(count => new SelectOption(
            count.ToString(CultureInfo.InvariantCulture), $"{count}\u00a0séances\u00a0: un cours"))]),
    ];

    public static IReadOnlyList<SelectGroup> Rhythms { get; } =
        [new(null, [new("1", "Toutes les semaines"), new("2", "Toutes les deux semaines")])];

    /// <summary>How many sessions, as it was typed; a workshop is held once.</summary>
    public string? Sessions { get; init; } = "1";

    /// <summary>Every how many weeks a session is held, as it was typed.</summary>
    public string? Every { get; init; } = "1";

    /// <summary>The second advisor, as they were chosen; null or empty for none.</summary>
    public string? CoAdvisor { get; init; }

    public int SessionCount => Number(Sessions) ?? 1;

    public int EveryWeeks => Number(Every) is 2 ? 2 : 1;

    public LocalDate? Day => TimeInput.Day(Date);

    public int? Count => Number(Seats);

    /// <summary>0 when it is no number, which no workshop lasts.</summary>
    public int Length => Number(Minutes) ?? 0;

    /// <summary>Something must be corrected.</summary>
    public bool IsOpen => Errors.Any;

    /// <param name="value">The posted value of a field; null when there is none.</param>
    public static WorkshopForm Read(Func<string, string?> value) => new(
        value(TitleField), value(TopicField), value(DateField), value(StartField), value(MinutesField), value(PlaceField), value(SeatsField), FormErrors.None)
    {
        Sessions = value(SessionsField) ?? "1",
        Every = value(EveryField) ?? "1",
        CoAdvisor = value(CoField),
    };

    public static WorkshopForm Of(Workshop workshop) => new(
        workshop.Title,
        workshop.Topic,
        NodaTime.Text.LocalDatePattern.Iso.Format(workshop.Date),
        NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm").Format(workshop.LocalStart.TimeOfDay),
        workshop.Minutes.ToString(CultureInfo.InvariantCulture),
        workshop.PlaceId.Value,
        workshop.Seats.ToString(CultureInfo.InvariantCulture),
        FormErrors.None);

    /// <summary>The places to choose from: those where the advisor works first, then all others by name.</summary>
    public static IReadOnlyList<SelectGroup> PlacesFor(Advisor advisor, TerritoryDirectory directory)
    {
        var own = advisor.Hours.Select(hours => hours.PlaceId)
            .Concat(directory.Places.Values.Where(place => place.StructureId == advisor.StructureId).Select(place => place.Id))
            .ToHashSet();
        return
        [
            .. new[] { ("Mes lieux", true), ("Autres lieux", false) }
                .Select(group => new SelectGroup(
                    group.Item1,
                    [.. directory.Places.Values
                        .Where(place => own.Contains(place.Id) == group.Item2)
                        .OrderBy(place => place.ShownName, StringComparer.CurrentCulture)
                        .Select(place => new SelectOption(place.Id.Value, $"{place.ShownName}, {place.Commune}"))]))
                .Where(group => group.Options.Count > 0),
        ];
    }

    /// <summary>Those who may lead a workshop with this advisor.</summary>
    public static IReadOnlyList<SelectGroup> CoLeadersOf(Advisor advisor, TerritoryDirectory directory) =>
    [
        new(null, [.. directory.AdvisorsOf(advisor.StructureId)
            .Where(colleague => colleague.Id != advisor.Id)
            .OrderBy(colleague => colleague.DisplayName, StringComparer.CurrentCulture)
            .Select(colleague => new SelectOption(colleague.Id.Value, colleague.DisplayName))]),
    ];

    /// <returns>The beginning in wall time; null, with what is wrong, when it cannot be read.</returns>
    public LocalDateTime? Begins(FieldErrors errors)
    {
        if (Day is null)
        {
            errors.Add(DateField, "Indiquez le jour.");
        }

        if (TimeInput.Time(Start) is null)
        {
            errors.Add(StartField, "Indiquez l'heure de début. Exemple : 14:00.");
        }

        return Day is { } day && TimeInput.Time(Start) is { } start ? day.At(start) : null;
    }

    /// <summary>What the form says of a refusal that typing something else can mend.</summary>
    public static FormErrors ErrorsOf(Refusal refusal) => refusal switch
    {
        Refusal.Invalid invalid => FormErrors.Of(invalid.Errors),
        Refusal.Overlap overlap => FormErrors.Of(StartField, overlap.Message),
        _ => FormErrors.None,
    };

    private static int? Number(string? text) => int.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
