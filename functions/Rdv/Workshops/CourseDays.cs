using NodaTime;
using Rdv.Directory;
using Rdv.Territories;

namespace Rdv.Workshops;

/// <summary>The days of a course that is held on one day of the week.</summary>
/// <param name="Skipped">Public holidays on which the structure is closed: the session is held at its next turn.</param>
public sealed record CourseDays(IReadOnlyList<LocalDate> Days, IReadOnlyList<LocalDate> Skipped)
{
    // No two turns in a row are holidays for long; more would be an endless course.
    private const int MaxSkipped = 10;

    /// <param name="everyWeeks">1 or more.</param>
    public static CourseDays Of(Territory territory, Structure? structure, LocalDate first, int sessions, int everyWeeks)
    {
        List<LocalDate> days = [];
        List<LocalDate> skipped = [];
        for (var day = first; days.Count < sessions && skipped.Count < MaxSkipped; day = day.PlusWeeks(everyWeeks))
        {
            (PublicHolidays.Contains(territory, day) && structure?.WorksOn(day) != true ? skipped : days).Add(day);
        }

        return new CourseDays(days, skipped);
    }
}
