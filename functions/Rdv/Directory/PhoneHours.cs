using NodaTime;
using Rdv.Ids;

namespace Rdv.Directory;

/// <summary>
/// Which of an advisor's hours are kept for those who telephone: the share that their structure has set (<see cref="Structure.PhoneShare"/>), in
/// whole hours from each opening, since an appointment takes one: half an hour that is kept between two that are sold is of use to nobody. They
/// are spread evenly over the day and, from day to day and from advisor to advisor, over the hours. The same for everyone who asks.
/// </summary>
public static class PhoneHours
{
    /// <summary>So long before its start, what nobody has asked for by telephone is on the web as well.</summary>
    public static readonly Duration Lead = Duration.FromHours(48);

    private const int BlockCells = 60 / DayGrid.MinutesPerCell;
    private const uint Whole = 100;

    // Prime to the whole: each day of a hundred, and each hundredth week, begins elsewhere.
    private const uint DayStride = 61;

    private static readonly LocalDate Epoch = new(2020, 1, 1);

    /// <summary>The cells that are kept that day, before it is asked how near it is.</summary>
    public static DayGrid Kept(AdvisorRules advisor, LocalDate date)
    {
        var share = (uint)Math.Clamp(advisor.Structure?.PhoneShare ?? 0, 0, (int)Whole);
        var kept = default(DayGrid);
        if (share == 0)
        {
            return kept;
        }

        // Evenly, as a line is drawn in pixels (Bresenham): an hour is kept where the sum of the shares passes a whole one.
        var sum = (StableHash.Of(advisor.Advisor.Id.Value) + (DayStride * (uint)Period.DaysBetween(Epoch, date))) % Whole;
        foreach (var period in advisor.On(date.DayOfWeek))
        {
            if (!period.Hours.HoldsOn(date))
            {
                continue;
            }

            var first = Math.Max(0, period.Open.Next(0));
            var end = first + period.Open.Count;
            for (var cell = first; cell < end; cell += BlockCells)
            {
                sum += share;
                if (sum >= Whole)
                {
                    sum -= Whole;
                    kept |= DayGrid.Range(cell, Math.Min(cell + BlockCells, end));
                }
            }
        }

        return kept;
    }
}
