using NodaTime;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Absences;

/// <summary>What happens to the appointments inside an absence.</summary>
public enum InsideMode
{
    /// <summary>The absence is refused while there are any.</summary>
    Refuse,
    Cancel,

    /// <summary>To a colleague who is free at the same time and place; cancelled where there is none.</summary>
    Reassign,

    /// <summary>Cancelled; and the hotline calls each, to look for another hour with them.</summary>
    CallBack,
}

/// <summary>Whose agenda an absence closes: one advisor's, or those of a whole structure.</summary>
public readonly record struct AbsenceOwner(string Value)
{
    public static AbsenceOwner Of(AdvisorId advisor) => new("advisor:" + advisor.Value);

    public static AbsenceOwner Of(StructureId structure) => new("structure:" + structure.Value);

    public override string ToString() => Value;
}

/// <summary>A time in which advisors receive nobody, in wall time of the territory.</summary>
/// <param name="To">Excluded.</param>
/// <param name="Cancelled">The appointments that it cancelled, once that is done.</param>
/// <param name="Reassigned">Those that went to a colleague.</param>
/// <param name="IsTakenBack">Its hours are open again. The row stays, so that its request, sent once more, closes nothing anew.</param>
public sealed record Absence(
    Territory Territory,
    AbsenceOwner Owner,
    string Id,
    IReadOnlyList<AdvisorId> Advisors,
    LocalDateTime From,
    LocalDateTime To,
    string? Reason,
    RequestIdentity Request,
    IReadOnlyList<AppointmentReference> Cancelled,
    IReadOnlyList<AppointmentReference> Reassigned,
    bool IsTakenBack = false) : IRow
{
    public const int MaxDays = 366;

    /// <summary>Whether the advisor of an appointment is away for a part of it.</summary>
    public bool Covers(Appointment appointment)
    {
        var (start, cells) = (appointment.LocalStart, appointment.Minutes / DayGrid.MinutesPerCell);
        var grid = DayGrid.Range(DayGrid.CellOf(start.TimeOfDay), DayGrid.CellOf(start.TimeOfDay) + cells);
        return Advisors.Contains(appointment.AdvisorId)
            && Days().Any(day => day.Date == start.Date && !(DayGrid.Range(day.FromCell, day.ToCell) & grid).IsEmpty);
    }

    /// <summary>The days that it touches, with the cells of each.</summary>
    public IEnumerable<(LocalDate Date, int FromCell, int ToCell)> Days()
    {
        for (var date = From.Date; date <= To.Date; date = date.PlusDays(1))
        {
            var from = date == From.Date ? DayGrid.CellOf(From.TimeOfDay) : 0;
            // A time inside a cell takes the whole cell.
            var to = date == To.Date
                ? (DayGrid.IsOnGrid(To.TimeOfDay) ? DayGrid.CellOf(To.TimeOfDay) : DayGrid.CellOf(To.TimeOfDay) + 1)
                : DayGrid.Cells;
            if (to > from)
            {
                yield return (date, from, to);
            }
        }
    }
}
