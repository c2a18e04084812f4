using NodaTime;

namespace Rdv.Directory;

/// <summary>Hours of one week that are those of another.</summary>
public static class SpecialWeek
{
    private const int DaysInWeek = 7;

    /// <summary>The hours of an advisor with those of a week in the place of those of another; before and after it they are what they were.</summary>
    /// <param name="monday">Of the week that changes.</param>
    /// <param name="like">The Monday of the week whose hours it gets.</param>
    public static IReadOnlyList<OpeningHours> Copy(IReadOnlyList<OpeningHours> hours, LocalDate monday, LocalDate like)
    {
        var after = monday.PlusDays(DaysInWeek);
        var kept = new List<OpeningHours>();
        var copied = new List<OpeningHours>();
        foreach (var period in hours)
        {
            var (wanted, there) = (DaysIn(period, like), DaysIn(period, monday));
            if (wanted.SequenceEqual(there))
            {
                // It is the same in both weeks.
                kept.Add(period);
                continue;
            }

            if (there.Length == 0)
            {
                kept.Add(period);
            }
            else
            {
                kept.AddRange(Around(period, monday, after));
            }

            if (wanted.Length > 0)
            {
                copied.Add(period with { Days = wanted, EveryWeeks = 1, StartsOn = monday, EndsOn = after.PlusDays(-1) });
            }
        }

        return [.. kept, .. copied];
    }

    private static int[] DaysIn(OpeningHours period, LocalDate monday) =>
        [.. Enumerable.Range(0, DaysInWeek).Where(day => period.HoldsOn(monday.PlusDays(day))).Select(day => day + 1)];

    /// <summary>A period without one week in which it holds.</summary>
    private static IEnumerable<OpeningHours> Around(OpeningHours period, LocalDate monday, LocalDate after)
    {
        if (!(period.StartsOn >= monday))
        {
            yield return period with { EndsOn = monday.PlusDays(-1) };
        }

        // It holds in this week, so that the rhythm goes on from here.
        var next = monday.PlusWeeks(Math.Max(1, period.EveryWeeks));
        if (!(period.EndsOn < (period.EveryWeeks > 1 ? next : after)))
        {
            yield return period with { StartsOn = period.EveryWeeks > 1 ? next : after };
        }
    }
}
