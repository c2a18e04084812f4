using Rdv.Agenda;
using Rdv.Directory;

namespace Rdv.Load;

/// <summary>What an advisor offers on a day.</summary>
internal static class Offered
{
    /// <summary>Minutes of opening hours that no absence closes, and those of workshops outside them.</summary>
    public static int Minutes(DayAgenda day, DayGrid open) => Cells(day, open).Count * DayGrid.MinutesPerCell;

    public static DayGrid Cells(DayAgenda day, DayGrid open)
    {
        return (open & ~Of(EntryKind.Absence)) | Of(EntryKind.Workshop);

        DayGrid Of(EntryKind kind) =>
            day.Entries.Where(entry => entry.Kind == kind).Aggregate(default(DayGrid), (grid, entry) => grid | entry.Grid);
    }
}
