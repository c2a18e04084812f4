using NodaTime;

namespace Rdv.Load;

/// <summary>
/// How many will be booked in the next weeks: each day as the median of the same day of the week over the eight weeks before, where something is
/// offered on it. Simple, so that it can be told in one sentence, and told with how wrong it was.
/// </summary>
/// <param name="Weeks">Those that begin after today, four; what was booked so far beside it.</param>
/// <param name="Error">By how many appointments a week it missed the last four weeks, on average, when each was told from the eight before.</param>
public sealed record Forecast(IReadOnlyList<ForecastWeek> Weeks, int Error)
{
    /// <summary>So many weeks of the past it needs, to tell and to know how wrong it is.</summary>
    public const int PastWeeks = Known + Told;

    public const int Told = 4;

    private const int Known = 8;
    private const int FewestWeeks = 4;

    /// <param name="days">At least those of <see cref="PastWeeks"/> before this week, and those of the weeks to tell.</param>
    /// <returns>Null where too few weeks are known: fewer than four before the ones that are told for trial.</returns>
    public static Forecast? Of(IEnumerable<DayFigures> days, LocalDate today)
    {
        var known = days.ToDictionary(day => day.Date, day => day.Counts);
        var monday = LoadShare.Monday(today);
        var tried = Enumerable.Range(1, Told).Select(week => monday.PlusWeeks(-week)).Where(week => IsKnown(known, week)).ToList();
        if (tried.Count == 0)
        {
            return null;
        }

        var error = tried.Average(week => Math.Abs(Tell(known, week, week) - Booked(known, week)));
        return new Forecast(
            [.. Enumerable.Range(1, Told).Select(week => monday.PlusWeeks(week)).Select(week => new ForecastWeek(week, (int)Math.Round(Tell(known, week, monday)), Booked(known, week)))],
            (int)Math.Ceiling(error));
    }

    /// <summary>Whether enough of what lies before it is known, and the week itself.</summary>
    private static bool IsKnown(Dictionary<LocalDate, LoadCounts> days, LocalDate monday) =>
        Offers(days, monday) && Enumerable.Range(1, Known).Count(week => Offers(days, monday.PlusWeeks(-week))) >= FewestWeeks;

    private static bool Offers(Dictionary<LocalDate, LoadCounts> days, LocalDate monday) => Week(monday).Any(date => days.GetValueOrDefault(date).OfferedMinutes > 0);

    /// <param name="before">The Monday before which all is known.</param>
    private static double Tell(Dictionary<LocalDate, LoadCounts> days, LocalDate week, LocalDate before) =>
        Week(week).Where(date => days.GetValueOrDefault(date).OfferedMinutes > 0).Sum(date => Median(
            [.. Enumerable.Range(1, Known).Select(back => days.GetValueOrDefault(before.PlusWeeks(-back).PlusDays((int)date.DayOfWeek - 1))).Where(day => day.OfferedMinutes > 0).Select(day => day.Booked).Order()]));

    private static int Booked(Dictionary<LocalDate, LoadCounts> days, LocalDate monday) => Week(monday).Sum(date => days.GetValueOrDefault(date).Booked);

    private static IEnumerable<LocalDate> Week(LocalDate monday) => Enumerable.Range(0, 7).Select(monday.PlusDays);

    private static double Median(int[] sorted) => sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0;
}

/// <param name="Booked">As it is told; never fewer than are booked so far.</param>
/// <param name="SoFar">What is booked already.</param>
public sealed record ForecastWeek(LocalDate Monday, int Booked, int SoFar)
{
    public int Booked { get; } = Math.Max(Booked, SoFar);
}
