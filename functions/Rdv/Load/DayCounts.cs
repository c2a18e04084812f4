using Rdv.Agenda;
using Rdv.Directory;

namespace Rdv.Load;

/// <summary>What an advisor's day comes to.</summary>
internal static class DayCounts
{
    private const int CellsPerHour = 60 / DayGrid.MinutesPerCell;

    public static LoadCounts Of(DayAgenda day, DayGrid open)
    {
        var (minutes, booked, kept, missed) = (0, 0, 0, 0);
        foreach (var entry in Meetings(day))
        {
            minutes += entry.Minutes;

            // Of two advisors it is one workshop, and counts with the first.
            booked += entry.Seats?.Lead is null ? 1 : 0;
            kept += entry.Outcome == EntryOutcome.Kept ? 1 : 0;
            missed += entry.Outcome == EntryOutcome.Missed ? 1 : 0;
        }

        // A past day that was frozen keeps what was offered then, whatever the hours are now.
        var offered = day.OfferedMinutes ?? Offered.Minutes(day, open);
        return new LoadCounts(offered, minutes, booked, kept, missed, day.Cancelled, day.WalkIns);
    }

    /// <summary>
    /// The same by the hour. How the frozen minutes of a past day lay in its hours is nowhere: a day whose hours have changed since tells what was
    /// booked only.
    /// </summary>
    public static IEnumerable<HourLoad> HoursOf(DayAgenda day, DayGrid open)
    {
        var offered = Offered.Cells(day, open);
        if (day.OfferedMinutes is { } frozen && frozen != offered.Count * DayGrid.MinutesPerCell)
        {
            offered = default;
        }

        var booked = Meetings(day).Aggregate(default(DayGrid), (grid, entry) => grid | entry.Grid);
        for (var hour = 0; hour < DayGrid.Cells / CellsPerHour; hour++)
        {
            var cells = DayGrid.Range(hour * CellsPerHour, (hour + 1) * CellsPerHour);
            if (!((offered | booked) & cells).IsEmpty)
            {
                yield return new HourLoad(
                    hour,
                    (offered & cells).Count * DayGrid.MinutesPerCell,
                    (booked & cells).Count * DayGrid.MinutesPerCell,
                    Meetings(day).Count(entry => !(entry.Grid & cells).IsEmpty));
            }
        }
    }

    private static IEnumerable<AgendaEntry> Meetings(DayAgenda day) => day.Entries.Where(entry => entry.Kind is EntryKind.Appointment or EntryKind.Workshop);
}
