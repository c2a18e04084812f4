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

public sealed record DayLoad(LocalDate Date, LoadCounts Counts);

public sealed record AdvisorLoad(AdvisorId AdvisorId, string DisplayName, LoadCounts Totals, IReadOnlyList<DayLoad> Days);

public sealed record LoadReport(Structure Structure, LocalDate From, LocalDate To, LoadCounts Totals, IReadOnlyList<AdvisorLoad> Advisors)
{
    /// <summary>As it is now, whatever days the report is about.</summary>
    public ThirdNextAvailable ThirdNextAvailable { get; init; } = new(null, null);
}
