using NodaTime;
using Rdv.Ids;

namespace Rdv.Directory;

/// <summary>
/// One weekly period in which an advisor receives at a place. Times are wall time of the territory, on the 5-minute grid.
/// </summary>
/// <param name="Days">ISO weekdays, 1 (Monday) to 7.</param>
/// <param name="Topics">The topic ids that may be booked in it; null for all that the advisor teaches.</param>
/// <param name="EveryWeeks">1 for each week, 2 for every other week counted from <paramref name="StartsOn"/>, and so on.</param>
/// <param name="StartsOn">First day on which it holds; needed when <paramref name="EveryWeeks"/> is over 1.</param>
/// <param name="EndsOn">Last day on which it holds.</param>
/// <param name="Means">How one may meet in it; null for at the place only. The advisor is at the place, whatever the means.</param>
public sealed record OpeningHours(
    IReadOnlyList<int> Days,
    LocalTime From,
    LocalTime To,
    PlaceId PlaceId,
    IReadOnlyList<string>? Topics = null,
    int EveryWeeks = 1,
    LocalDate? StartsOn = null,
    LocalDate? EndsOn = null,
    IReadOnlyList<Means>? Means = null)
{
    public bool Offers(Means means) => Means?.Contains(means) ?? means == Rdv.Means.Place;

    /// <summary>Whether the period holds on the day.</summary>
    public bool HoldsOn(LocalDate date)
    {
        if (!Days.Contains((int)date.DayOfWeek) || date < StartsOn || date > EndsOn)
        {
            return false;
        }

        if (EveryWeeks <= 1 || StartsOn is not { } start)
        {
            return true;
        }

        // Weeks are counted from Monday to Monday, so that "every other week" keeps its rhythm across a new year.
        var first = start.PlusDays(1 - (int)start.DayOfWeek);
        var monday = date.PlusDays(1 - (int)date.DayOfWeek);
        return Period.DaysBetween(first, monday) / 7 % EveryWeeks == 0;
    }
}
