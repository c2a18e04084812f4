using Rdv.Agenda;

namespace Rdv.Load;

/// <summary>What an advisor offers on a day.</summary>
internal static class Offered
{
    /// <summary>Minutes of opening hours that no absence closes.</summary>
    public static int Minutes(DayAgenda day, DayGrid open)
    {
        var absent = day.Entries
            .Where(entry => entry.Kind == EntryKind.Absence)
            .Aggregate(default(DayGrid), (grid, entry) => grid | entry.Grid);
        return (open & ~absent).Count * DayGrid.MinutesPerCell;
    }
}
