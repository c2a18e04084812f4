using NodaTime;

namespace Rdv.Load;

/// <summary>One day, whoever's it is.</summary>
public sealed record DayFigures(LocalDate Date, LoadCounts Counts, IReadOnlyList<HourLoad> Hours);

public sealed record WeekFigures(LocalDate Monday, LoadCounts Counts);

/// <summary>A morning or an afternoon of the week, over the past days of a period.</summary>
/// <param name="Times">How often an hour or more was offered then.</param>
/// <param name="Full">How often not even one appointment was free any more.</param>
public sealed record HalfDayFigures(IsoDayOfWeek Day, bool IsAfternoon, int Times, int Full, int OfferedMinutes, int BookedMinutes, int Meetings)
{
    /// <summary>0 to 1.</summary>
    public double Share => LoadShare.Of(BookedMinutes, OfferedMinutes);
}

/// <summary>An hour of a day of the week, over the past days of a period.</summary>
public sealed record HourFigures(IsoDayOfWeek Day, int Hour, int OfferedMinutes, int BookedMinutes, int Meetings)
{
    /// <summary>0 to 1.</summary>
    public double Share => LoadShare.Of(BookedMinutes, OfferedMinutes);
}

/// <summary>What a structure, a territory or the country came to over a period, as one looks at it.</summary>
/// <param name="Weeks">Those of the period, in order.</param>
/// <param name="HalfDays">Those in which something was offered, in order.</param>
/// <param name="Hours">The same.</param>
public sealed record LoadPicture(IReadOnlyList<WeekFigures> Weeks, IReadOnlyList<HalfDayFigures> HalfDays, IReadOnlyList<HourFigures> Hours)
{
    private const int Noon = 12;
    private const int MinutesOfOne = 60;

    /// <param name="days">Those of the period; of another nothing is said.</param>
    public static LoadPicture Of(IReadOnlyList<DayFigures> days, LocalDate today)
    {
        var past = days.Where(day => day.Date < today).ToList();
        return new LoadPicture(
            [.. days.GroupBy(day => LoadShare.Monday(day.Date)).OrderBy(week => week.Key).Select(week => new WeekFigures(week.Key, week.Aggregate(default(LoadCounts), (sum, day) => sum + day.Counts)))],
            [.. past.GroupBy(day => day.Date.DayOfWeek).OrderBy(group => group.Key).SelectMany(group => new[] { HalfDay(group.Key, [.. group], false), HalfDay(group.Key, [.. group], true) }).Where(half => half.Times > 0)],
            [.. past.SelectMany(day => day.Hours, (day, hour) => (day.Date.DayOfWeek, Hour: hour))
                .GroupBy(one => (one.DayOfWeek, one.Hour.Hour))
                .Select(group => new HourFigures(
                    group.Key.DayOfWeek, group.Key.Hour, group.Sum(one => one.Hour.OfferedMinutes), group.Sum(one => one.Hour.BookedMinutes), group.Sum(one => one.Hour.Meetings)))
                .Where(hour => hour.OfferedMinutes > 0)
                .OrderBy(hour => hour.Day).ThenBy(hour => hour.Hour)]);
    }

    private static HalfDayFigures HalfDay(IsoDayOfWeek day, IReadOnlyList<DayFigures> days, bool isAfternoon)
    {
        var halves = days.Select(one => one.Hours.Where(hour => hour.Hour >= Noon == isAfternoon).ToList())
            .Select(hours => (Offered: hours.Sum(hour => hour.OfferedMinutes), Booked: hours.Sum(hour => hour.BookedMinutes), Meetings: hours.Sum(hour => hour.Meetings)))
            .Where(half => half.Offered >= MinutesOfOne)
            .ToList();
        return new HalfDayFigures(
            day,
            isAfternoon,
            halves.Count,
            halves.Count(half => half.Offered - half.Booked < MinutesOfOne),
            halves.Sum(half => half.Offered),
            halves.Sum(half => half.Booked),
            halves.Sum(half => half.Meetings));
    }
}

internal static class LoadShare
{
    public static double Of(int booked, int offered) => offered == 0 ? 0 : Math.Min(1, (double)booked / offered);

    public static LocalDate Monday(LocalDate day) => day.PlusDays(1 - (int)day.DayOfWeek);
}
