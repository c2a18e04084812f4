using NodaTime;
using Rdv.Directory;

namespace Rdv.Agenda;

/// <summary>What a day is for every advisor of a territory.</summary>
/// <param name="Cells">In which anything can be booked; see <see cref="AgendaRules.Day"/>.</param>
public readonly record struct OfferDate(LocalDate Date, bool IsHoliday, DayGrid Cells)
{
    public static OfferDate Of(AgendaRules rules, LocalDate date)
    {
        var (isHoliday, cells) = rules.Day(date);
        return new OfferDate(date, isHoliday, cells);
    }

    /// <summary>The same from that wall time on.</summary>
    public OfferDate From(LocalDateTime earliest) =>
        Date > earliest.Date ? this
        : this with { Cells = Date < earliest.Date ? default : Cells & DayGrid.Range(CellAtOrAfter(earliest.TimeOfDay), DayGrid.Cells) };

    private static int CellAtOrAfter(LocalTime time) =>
        DayGrid.IsOnGrid(time) ? DayGrid.CellOf(time) : DayGrid.CellOf(time) + 1;
}
