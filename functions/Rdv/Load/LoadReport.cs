using NodaTime;
using Rdv.Directory;
using Rdv.Ids;

namespace Rdv.Load;

/// <summary>What was offered, booked and kept. Minutes are minutes of wall time.</summary>
/// <param name="Booked">All that were not cancelled, kept and missed included; a workshop counts once.</param>
public readonly record struct LoadCounts(
    int OfferedMinutes, int BookedMinutes, int Booked, int Kept, int Missed, int Cancelled, int WalkIns)
{
    /// <summary>0 to 1; null when nothing was offered.</summary>
    public double? Occupancy => OfferedMinutes == 0 ? null : Math.Min(1, Math.Round((double)BookedMinutes / OfferedMinutes, 4));

    public static LoadCounts operator +(LoadCounts a, LoadCounts b) => Add(a, b);

    public static LoadCounts Add(LoadCounts left, LoadCounts right) => new(
        left.OfferedMinutes + right.OfferedMinutes,
        left.BookedMinutes + right.BookedMinutes,
        left.Booked + right.Booked,
        left.Kept + right.Kept,
        left.Missed + right.Missed,
        left.Cancelled + right.Cancelled,
        left.WalkIns + right.WalkIns);
}

public sealed record DayLoad(LocalDate Date, LoadCounts Counts)
{
    /// <summary>Those in which something is offered or booked.</summary>
    public IReadOnlyList<HourLoad> Hours { get; init; } = [];
}

public sealed record AdvisorLoad(AdvisorId AdvisorId, string DisplayName, LoadCounts Totals, IReadOnlyList<DayLoad> Days)
{
    internal AdvisorLoad Between(LocalDate from, LocalDate to)
    {
        var days = Days.Where(day => day.Date >= from && day.Date <= to).ToList();
        return this with { Days = days, Totals = days.Aggregate(default(LoadCounts), (sum, day) => sum + day.Counts) };
    }
}

public sealed record LoadReport(Structure Structure, LocalDate From, LocalDate To, LoadCounts Totals, IReadOnlyList<AdvisorLoad> Advisors)
{
    /// <summary>As it is now, whatever days the report is about.</summary>
    public ThirdNextAvailable ThirdNextAvailable { get; init; } = new(null, null);

    /// <summary>All of the structure's, day by day.</summary>
    public IReadOnlyList<DayFigures> Days =>
    [
        .. Advisors.SelectMany(advisor => advisor.Days).GroupBy(day => day.Date).OrderBy(day => day.Key).Select(day => new DayFigures(
            day.Key, day.Aggregate(default(LoadCounts), (sum, one) => sum + one.Counts), HourLoad.Sum(day.SelectMany(one => one.Hours)))),
    ];

    /// <summary>The same over a part of the period.</summary>
    public LoadReport Between(LocalDate from, LocalDate to)
    {
        var advisors = Advisors.Select(advisor => advisor.Between(from, to)).ToList();
        return this with { From = from, To = to, Advisors = advisors, Totals = advisors.Aggregate(default(LoadCounts), (sum, advisor) => sum + advisor.Totals) };
    }
}
