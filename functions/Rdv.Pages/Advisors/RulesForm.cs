using System.Globalization;
using Rdv.Directory;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Advisors;

/// <summary>The form of an advisor's pause and number a day. The time between two places is what the distance tells, unless the API says it.</summary>
/// <param name="Pause">In minutes.</param>
/// <param name="PerDay">Empty for as many as fit.</param>
public sealed record RulesForm(string? Pause, string? PerDay)
{
    public const string PauseField = "pause";
    public const string PerDayField = "parjour";

    // What people choose in fact; anything else on the grid stays as it was said through the API.
    private static readonly int[] Pauses = [0, 5, 10, 15, 20, 30, 45, 60];

    public static RulesForm Of(BookingRules? rules) => new(
        (rules?.PauseMinutes ?? 0).ToString(CultureInfo.InvariantCulture),
        rules?.AppointmentsPerDay?.ToString(CultureInfo.InvariantCulture));

    public IReadOnlyList<SelectGroup> PauseChoices =>
        [new(null, [.. Pauses.Append(Number(Pause) ?? 0).Distinct().Order().Select(minutes => new SelectOption(
            minutes.ToString(CultureInfo.InvariantCulture), minutes == 0 ? "Aucune" : $"{minutes} minutes"))])];

    public IReadOnlyList<SelectGroup> PerDayChoices =>
        [new(null, [.. Enumerable.Range(1, 12).Append(Number(PerDay) ?? 1).Distinct().Order().Select(count => new SelectOption(
            count.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture)))])];

    /// <summary>With what the form does not show.</summary>
    /// <returns>Null when it says nothing that can be read.</returns>
    public BookingRules? Over(BookingRules? before) => Number(Pause) is { } pause && (string.IsNullOrEmpty(PerDay) || Number(PerDay) is not null)
        ? (before ?? BookingRules.None) with { PauseMinutes = pause, AppointmentsPerDay = Number(PerDay) }
        : null;

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
