using NodaTime;

namespace Rdv.Directory;

/// <summary>What makes opening hours acceptable.</summary>
public static class OpeningHoursRules
{
    public const int GridMinutes = 5;

    /// <summary>Enough for once a quarter, and keeps the search for an overlap short.</summary>
    public const int MaxEveryWeeks = 12;

    private const int DaysInWeek = 7;
    private const int MinYear = 2020;
    private const int MaxYear = 2199;

    /// <summary>What is wrong with one period, in French; null when nothing is.</summary>
    public static string? ProblemOf(OpeningHours hours)
    {
        if (hours.Days.Count == 0 || hours.Days.Any(day => day is < 1 or > DaysInWeek))
        {
            return "Indiquez au moins un jour, de 1 (lundi) à 7 (dimanche).";
        }

        if (!OnGrid(hours.From) || !OnGrid(hours.To))
        {
            return $"« {OpeningHoursText.Range(hours)} » : les heures vont de {GridMinutes} en {GridMinutes} minutes.";
        }

        if (hours.To <= hours.From)
        {
            return $"« {OpeningHoursText.Range(hours)} » : la fin doit venir après le début.";
        }

        if (hours.Means is { Count: 0 })
        {
            return MeansWords.Problem;
        }

        if (hours.EveryWeeks is < 1 or > MaxEveryWeeks)
        {
            return $"Le rythme va de 1 (chaque semaine) à {MaxEveryWeeks} semaines.";
        }

        if (hours.EveryWeeks > 1 && hours.StartsOn is null)
        {
            return "Un rythme de plusieurs semaines demande une date de début.";
        }

        if (hours.StartsOn?.Year is < MinYear or > MaxYear || hours.EndsOn?.Year is < MinYear or > MaxYear)
        {
            return $"Les dates vont de {MinYear} à {MaxYear}.";
        }

        return hours.EndsOn < hours.StartsOn ? "La date de fin vient avant la date de début." : null;
    }

    /// <summary>The first two periods that cover the same time on some day; null when there are none.</summary>
    /// <param name="hours">Of one advisor, each without a problem of its own.</param>
    public static (OpeningHours First, OpeningHours Second)? Overlaps(IReadOnlyList<OpeningHours> hours)
    {
        for (var i = 0; i < hours.Count; i++)
        {
            for (var j = i + 1; j < hours.Count; j++)
            {
                if (Overlap(hours[i], hours[j]))
                {
                    return (hours[i], hours[j]);
                }
            }
        }

        return null;
    }

    private static bool OnGrid(LocalTime time) => time.TickOfDay % (GridMinutes * NodaConstants.TicksPerMinute) == 0;

    private static bool Overlap(OpeningHours one, OpeningHours other)
    {
        if (one.From >= other.To || other.From >= one.To || !one.Days.Intersect(other.Days).Any())
        {
            return false;
        }

        // Both rhythms repeat together after the least common multiple of their weeks: within it, each day is tried. Two bounds that
        // are both missing leave two periods that hold each week.
        var weeks = LeastCommonMultiple(Math.Max(1, one.EveryWeeks), Math.Max(1, other.EveryWeeks));
        var last = Earlier(one.EndsOn, other.EndsOn);
        var first = Later(one.StartsOn, other.StartsOn) ?? last?.PlusDays(-DaysInWeek) ?? new LocalDate(2020, 1, 1);
        for (var day = 0; day < weeks * DaysInWeek && !(first.PlusDays(day) > last); day++)
        {
            if (one.HoldsOn(first.PlusDays(day)) && other.HoldsOn(first.PlusDays(day)))
            {
                return true;
            }
        }

        return false;
    }

    private static LocalDate? Earlier(LocalDate? one, LocalDate? other) => one is null || other < one ? other ?? one : one;

    private static LocalDate? Later(LocalDate? one, LocalDate? other) => one is null || other > one ? other ?? one : one;

    private static int LeastCommonMultiple(int one, int other)
    {
        var (a, b) = (one, other);
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return one / a * other;
    }
}
