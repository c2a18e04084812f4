using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NodaTime;
using Rdv.Ids;

namespace Rdv.Directory;

/// <summary>
/// Weekly opening hours as a line of an import writes them: <c>lun-ven 09:00-12:00 14:00-17:00; sam 09:00-12:00@placeId</c>.
/// </summary>
/// <remarks>
/// Parts are separated by semicolons or new lines. A part is days (<c>lun-ven</c>, <c>lun,mer</c>), periods, and the place when it is
/// not the advisor's own. <c>lundi</c>, <c>9h</c>, <c>9h30</c>, <c>9:00</c> and spaces around hyphens are read too.
/// </remarks>
public static partial class OpeningHoursText
{
    private static readonly string[] Days = ["lun", "mar", "mer", "jeu", "ven", "sam", "dim"];
    private static readonly string[] LongDays = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

    /// <param name="home">The place of a part that names none; null when each part must name one.</param>
    /// <param name="problem">What is wrong, in French; empty when nothing is.</param>
    /// <returns>False when something is wrong, two periods that cover the same time included. An empty text is no hours.</returns>
    public static bool TryParse(string? text, PlaceId? home, out IReadOnlyList<OpeningHours> hours, out string problem)
    {
        var parsed = new List<OpeningHours>();
        hours = [];
        problem = "";
        foreach (var part in Tidy(text ?? "").Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            problem = ParsePart(part, home, parsed) ?? "";
            if (problem.Length > 0)
            {
                return false;
            }
        }

        if (OpeningHoursRules.Overlaps(parsed) is var (first, second))
        {
            problem = $"« {Print([first])} » et « {Print([second])} » couvrent le même moment.";
            return false;
        }

        hours = parsed;
        return true;
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

    private static string? ParsePart(string part, PlaceId? home, List<OpeningHours> parsed)
    {
        var place = home;
        var at = part.IndexOf('@', StringComparison.Ordinal);
        if (at >= 0)
        {
            var id = part[(at + 1)..].Trim();
            if (!DirectoryIds.IsValid(id))
            {
                return $"« {part} » : après « @ » vient l'identifiant d'un lieu.";
            }

            place = new PlaceId(id);
        }

        if (place is not { } placeId)
        {
            return $"« {part} » : indiquez le lieu, par exemple « {part}@identifiant-du-lieu ».";
        }

        var words = (at >= 0 ? part[..at] : part).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var dayWords = words.TakeWhile(word => !char.IsAsciiDigit(word[0])).ToArray();
        var ranges = words[dayWords.Length..];
        if (dayWords.Length == 0)
        {
            return $"« {part} » : les jours manquent, par exemple « lun-ven 09:00-12:00 ».";
        }

        if (ranges.Length == 0)
        {
            return $"« {part} » : les heures manquent, par exemple « lun-ven 09:00-12:00 ».";
        }

        var days = new SortedSet<int>();
        foreach (var word in dayWords.SelectMany(word => word.Split(',', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (AddDays(word, days) is { } wrong)
            {
                return wrong;
            }
        }

        foreach (var range in ranges)
        {
            var times = range.Split('-');
            if (times.Length != 2 || ParseTime(times[0]) is not { } from || ParseTime(times[1]) is not { } to)
            {
                return $"« {range} » n'est pas une période comme « 09:00-12:00 ».";
            }

            var hours = new OpeningHours([.. days], from, to, placeId);
            if (OpeningHoursRules.ProblemOf(hours) is { } problem)
            {
                return problem;
            }

            parsed.Add(hours);
        }

        return null;
    }

    private static string? AddDays(string word, SortedSet<int> days)
    {
        var ends = word.Split('-');
        var first = DayOf(ends[0]);
        var last = DayOf(ends[^1]);
        if (ends.Length > 2 || first == 0 || last == 0)
        {
            return $"« {word} » n'est pas un jour : écrivez lun, mar, mer, jeu, ven, sam ou dim.";
        }

        if (last < first)
        {
            return $"« {word} » : une plage de jours va du premier au dernier de la semaine.";
        }

        days.UnionWith(Enumerable.Range(first, last - first + 1));
        return null;
    }

    private static int DayOf(string word) => Math.Max(
        Array.FindIndex(Days, day => day.Equals(word, StringComparison.OrdinalIgnoreCase)),
        Array.FindIndex(LongDays, day => day.Equals(word, StringComparison.OrdinalIgnoreCase))) + 1;

    private static LocalTime? ParseTime(string text) =>
        TimeShape().Match(text) is { Success: true } match
        && int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is < 24 and var hour
        && (match.Groups[2].Length == 0 ? 0 : int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture)) is < 60 and var minute
            ? new LocalTime(hour, minute)
            : null;

    /// <summary>One kind of space and of hyphen, none around hyphens and commas.</summary>
    private static string Tidy(string text) =>
        AroundSigns().Replace(OddHyphens().Replace(OddSpaces().Replace(text, " "), "-"), "$1");

    [GeneratedRegex("^([0-9]{1,2})(?::(?=..)|[hH])([0-9]{2})?$")]
    private static partial Regex TimeShape();

    [GeneratedRegex("[^\\S\\n]")]
    private static partial Regex OddSpaces();

    [GeneratedRegex("[\u2010-\u2015]")]
    private static partial Regex OddHyphens();

    [GeneratedRegex(" *([-,]) *")]
    private static partial Regex AroundSigns();
}
