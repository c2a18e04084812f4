using System.Globalization;
using Rdv.Directory;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Advisors;

/// <summary>The form of an advisor's pause and number a day. The time between two places is what the distance tells, unless the API says it.</summary>
/// <param name="Pause">In minutes.</param>
/// <param name="PerDay">Empty for as many as fit.</param>
/// <param name="Video">Empty for no video.</param>
/// <param name="Kilometres">Empty for not to homes.</param>
public sealed record RulesForm(string? Pause, string? PerDay, string? Video, string? Kilometres)
{
    public const string PauseField = "pause";
    public const string PerDayField = "parjour";
    public const string VideoField = "videoLink";
    public const string KilometresField = "domicile";

    public static IReadOnlyList<string> Fields { get; } = [VideoField];

    public static RulesForm Empty { get; } = Of(BookingRules.None);

    public FormErrors Errors { get; init; } = FormErrors.None;

    /// <summary>Their hours are for meetings by video, and they have given no link: nobody is offered any.</summary>
    public bool MissesVideo { get; init; }

    // What people choose in fact; anything else on the grid stays as it was said through the API.
    private static readonly int[] Pauses = [0, 5, 10, 15, 20, 30, 45, 60];

    private static readonly int[] Distances = [2, 5, 10, 15, 20, 30];

    public static RulesForm Of(Advisor advisor) => Of(advisor.Rules) with
    {
        MissesVideo = advisor.Rules?.VideoLink is null && advisor.Hours.Any(hours => hours.Offers(Means.Video)),
    };

    private static RulesForm Of(BookingRules? rules) => new(
        (rules?.PauseMinutes ?? 0).ToString(CultureInfo.InvariantCulture),
        rules?.AppointmentsPerDay?.ToString(CultureInfo.InvariantCulture),
        rules?.VideoLink,
        rules?.HomeKilometres is > 0 and var kilometres ? kilometres.ToString(CultureInfo.InvariantCulture) : null);

    public IReadOnlyList<SelectGroup> PauseChoices =>
        [new(null, [.. Pauses.Append(Number(Pause) ?? 0).Distinct().Order().Select(minutes => new SelectOption(
            minutes.ToString(CultureInfo.InvariantCulture), minutes == 0 ? "Aucune" : $"{minutes} minutes"))])];

    public IReadOnlyList<SelectGroup> PerDayChoices =>
        [new(null, [.. Enumerable.Range(1, 12).Append(Number(PerDay) ?? 1).Distinct().Order().Select(count => new SelectOption(
            count.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture)))])];

    public IReadOnlyList<SelectGroup> KilometresChoices =>
        [new(null, [.. Distances.Append(Number(Kilometres) ?? 2).Distinct().Order().Select(most => new SelectOption(
            most.ToString(CultureInfo.InvariantCulture), $"{most} km"))])];

    /// <summary>With what the form does not show.</summary>
    /// <returns>Null when it says nothing that can be read.</returns>
    public BookingRules? Over(BookingRules? before) => Number(Pause) is { } pause && (string.IsNullOrEmpty(PerDay) || Number(PerDay) is not null)
        ? (before ?? BookingRules.None) with
        {
            PauseMinutes = pause,
            AppointmentsPerDay = Number(PerDay),

            // A page that was open before there were these fields says nothing of them.
            VideoLink = Video is null ? before?.VideoLink : string.IsNullOrWhiteSpace(Video) ? null : Video.Trim(),
            HomeKilometres = Kilometres is null ? before?.HomeKilometres ?? 0 : Number(Kilometres) ?? 0,
        }
        : null;

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
