using System.Globalization;
using System.Text;
using NodaTime;
using Rdv.Ids;

namespace Rdv.Directory;

/// <summary>
/// Weekly opening hours as a line of an import writes them: <c>lun-ven 09:00-12:00 14:00-17:00; sam 09:00-12:00@placeId</c>.
/// </summary>
/// <remarks>
/// Parts are separated by semicolons or new lines. A part is days (<c>lun-ven</c>, <c>lun,mer</c>), periods, and the place when it is
/// not the advisor's own. What people write (<c>du lundi au vendredi de 9h à 12h et de 14h à 17h</c>) and the syntax of OpenStreetMap
/// (<c>Mo-Fr 09:00-12:00,14:00-17:00; PH off</c>) are read too.
/// </remarks>
public static class OpeningHoursText
{
    private static readonly string[] Days = ["lun", "mar", "mer", "jeu", "ven", "sam", "dim"];

    /// <param name="home">The place of a part that names none; null when each part must name one.</param>
    /// <param name="problem">What is wrong, in French; empty when nothing is.</param>
    /// <returns>False when something is wrong, two periods that cover the same time included. An empty text is no hours.</returns>
    public static bool TryParse(string? text, PlaceId? home, out IReadOnlyList<OpeningHours> hours, out string problem) =>
        TryParse(text, home, out hours, out _, out problem);

    /// <param name="left">What is known and cannot be kept (seasons, school holidays, remarks), as it was written.</param>
    /// <inheritdoc cref="TryParse(string?, PlaceId?, out IReadOnlyList{OpeningHours}, out string)"/>
    public static bool TryParse(string? text, PlaceId? home, out IReadOnlyList<OpeningHours> hours, out IReadOnlyList<string> left, out string problem)
    {
        var reader = new OpeningHoursReader(home);
        problem = reader.Read(text ?? "") ?? "";
        left = reader.Left;
        hours = problem.Length == 0 ? reader.ToHours() : [];
        if (problem.Length == 0 && hours.Count == 0 && !string.IsNullOrWhiteSpace(text))
        {
            problem = $"« {text} » : aucune heure d'ouverture n'y est comprise.";
        }
        else if (OpeningHoursRules.Overlaps(hours) is var (first, second))
        {
            problem = $"« {Print([first])} » et « {Print([second])} » couvrent le même moment.";
            hours = [];
        }

        return problem.Length == 0;
    }

    /// <summary>
    /// The text of the days, times and places; rhythms of several weeks, dates and topics have none and are left out.
    /// </summary>
    /// <param name="home">The place that goes without saying.</param>
    public static string Print(IReadOnlyList<OpeningHours> hours, PlaceId? home = null)
    {
        var text = new StringBuilder();
        for (var i = 0; i < hours.Count; i++)
        {
            var current = hours[i];
            if (i > 0 && SamePart(hours[i - 1], current))
            {
                text.Append(' ').Append(Range(current));
            }
            else
            {
                text.Append(i > 0 ? "; " : "").Append(DaysOf(current.Days)).Append(' ').Append(Range(current));
            }

            if (current.PlaceId != home && (i == hours.Count - 1 || !SamePart(current, hours[i + 1])))
            {
                text.Append('@').Append(current.PlaceId);
            }
        }

        return text.ToString();
    }

    internal static string Range(OpeningHours hours) => $"{Time(hours.From)}-{Time(hours.To)}";

    private static string Time(LocalTime time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static bool SamePart(OpeningHours one, OpeningHours other) => one.PlaceId == other.PlaceId && one.Days.SequenceEqual(other.Days);

    private static string DaysOf(IReadOnlyList<int> days)
    {
        var sorted = days.Distinct().Where(day => day is >= 1 and <= 7).Order().ToArray();
        var parts = new List<string>();
        for (var i = 0; i < sorted.Length; i++)
        {
            var end = i;
            while (end + 1 < sorted.Length && sorted[end + 1] == sorted[end] + 1)
            {
                end++;
            }

            if (end - i >= 2)
            {
                parts.Add($"{Days[sorted[i] - 1]}-{Days[sorted[end] - 1]}");
                i = end;
            }
            else
            {
                parts.Add(Days[sorted[i] - 1]);
            }
        }

        return string.Join(',', parts);
    }
}
