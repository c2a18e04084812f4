namespace Rdv.Load;

/// <summary>What one hour of a day comes to, in wall time of the territory.</summary>
/// <param name="Hour">0 to 23.</param>
/// <param name="Meetings">Appointments and workshops that lie in it, wholly or in part.</param>
public readonly record struct HourLoad(int Hour, int OfferedMinutes, int BookedMinutes, int Meetings)
{
    /// <summary>One for each hour, in their order.</summary>
    public static IReadOnlyList<HourLoad> Sum(IEnumerable<HourLoad> hours) =>
    [
        .. hours.GroupBy(one => one.Hour)
            .Select(same => new HourLoad(same.Key, same.Sum(one => one.OfferedMinutes), same.Sum(one => one.BookedMinutes), same.Sum(one => one.Meetings)))
            .OrderBy(one => one.Hour),
    ];
}
