using System.Globalization;
using NodaTime;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Language;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Advisors;

/// <summary>One day as the public will see it.</summary>
public sealed record HoursDay(string Day, IReadOnlyList<string> Hours);

/// <summary>What new hours change, before they are saved.</summary>
/// <param name="Days">Those of the two weeks to come on which something is offered.</param>
/// <param name="Outside">Who has an appointment that the new hours do not hold, in words.</param>
/// <param name="Seen">What the button that saves sends back: typed otherwise since, it is shown again.</param>
public sealed record HoursPreview(IReadOnlyList<HoursDay> Days, IReadOnlyList<string> Outside, string Seen)
{
    private const int Shown = 14;

    public static HoursPreview Of(IReadOnlyList<OpeningHours> hours, IEnumerable<Appointment> outside, TerritoryDirectory directory, LocalDate today) => new(
        [
            .. Enumerable.Range(0, Shown).Select(today.PlusDays).Select(day => new HoursDay(
                FrenchDates.Date(day),
                [.. hours.Where(period => period.HoldsOn(day)).OrderBy(period => period.From).Select(period => Line(period, directory))])).Where(day => day.Hours.Count > 0),
        ],
        [.. outside.OrderBy(one => one.Start).Select(one => $"{Words.Moment(one.LocalStart)}\u00a0: {one.Citizen.Name}")],
        SeenOf(hours));

    public static string SeenOf(IReadOnlyList<OpeningHours> hours) => StableHash.Of(string.Join('|', hours.Select(period => string.Create(
        CultureInfo.InvariantCulture,
        $"{string.Join(',', period.Days)} {period.From} {period.To} {period.PlaceId} {period.EveryWeeks} {period.StartsOn} {period.EndsOn} {string.Join(',', period.Means ?? [])} {string.Join(',', period.Topics ?? [])}"))))
        .ToString("x8", CultureInfo.InvariantCulture);

    private static string Line(OpeningHours period, TerritoryDirectory directory)
    {
        var others = HoursLine.Ways.Where(means => means != Means.Place && period.Offers(means)).Select(MeansChoice.Within).ToList();
        var place = directory.Places.TryGetValue(period.PlaceId, out var known) ? known.ShownName : period.PlaceId.Value;
        return $"{Words.Hours(period.From, period.To)}, {place}"
            + (others.Count == 0 ? "" : $" ({(period.Offers(Means.Place) ? "aussi " : "")}{string.Join(", ", others)})")
            + (period.Topics is null ? "" : $". Seulement\u00a0: {string.Join(", ", period.Topics.Select(id => Topics.Find(id)?.Label ?? id))}");
    }

    // The lines name persons, and a record would print them.
    public override string ToString() => $"{Outside.Count} outside";
}

/// <summary>The page on which the hours of an advisor are changed.</summary>
/// <param name="Address">Of the page, with what names the advisor.</param>
/// <param name="Back">Where one came from.</param>
/// <param name="Preview">Null before it was asked for.</param>
public sealed record HoursView(string Advisor, string Address, string Back, HoursForm Form, IReadOnlyList<SelectGroup> Places, HoursPreview? Preview, string? Notice)
{
    private static readonly string[] UsualRhythms = ["1", "2"];

    public static IReadOnlyList<SelectGroup> RhythmsOf(HoursLine line) =>
        [new(null, [.. UsualRhythms.Append(line.Every ?? "1").Distinct().Order(StringComparer.Ordinal).Select(every => new SelectOption(every, every switch
        {
            "1" => "Toutes les semaines",
            "2" => "Une semaine sur deux",
            _ => $"Une semaine sur {every}",
        }))])];

    /// <summary>What the advisor teaches.</summary>
    public required IReadOnlyList<string> Taught { get; init; }

    /// <summary>What may be ticked: what they teach, and what is ticked already.</summary>
    public IEnumerable<Topic> TopicsFor(HoursLine line) => Topics.All.Where(topic => Taught.Count == 0 || Taught.Contains(topic.Id) || line.Topics.Contains(topic.Id));

    // The preview names persons.
    public override string ToString() => nameof(HoursView);
}
