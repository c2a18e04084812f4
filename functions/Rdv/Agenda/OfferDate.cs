using NodaTime;
using Rdv.Directory;

namespace Rdv.Agenda;

/// <summary>What a day is for every advisor of a territory, and for who asks.</summary>
/// <param name="Cells">In which anything can be booked; see <see cref="AgendaRules.Day"/>.</param>
/// <param name="Kept">The starts that are far enough off to be kept for the telephone.</param>
public readonly record struct OfferDate(LocalDate Date, bool IsHoliday, DayGrid Cells, DayGrid Kept)
{
    /// <summary>The cells that come too soon.</summary>
    public DayGrid Soon { get; private init; }

    /// <summary>Nothing is offered so far ahead yet.</summary>
    public bool IsBeyond { get; init; }

    public static OfferDate Of(AgendaRules rules, LocalDate date, OfferTo to)
    {
        var (isHoliday, cells) = rules.Day(date);
        return new OfferDate(date, isHoliday, cells, to.OnWeb ? After(date, rules.LocalTime(to.Now + PhoneHours.Lead)) : default);
    }

    /// <summary>The same from that wall time on.</summary>
    public OfferDate From(LocalDateTime earliest) => this with { Soon = ~AtOrAfter(Date, earliest) };

    private static DayGrid AtOrAfter(LocalDate date, LocalDateTime time) =>
        date > time.Date ? DayGrid.All
        : date < time.Date ? default
        : DayGrid.Range(DayGrid.CellOf(time.TimeOfDay) + (DayGrid.IsOnGrid(time.TimeOfDay) ? 0 : 1), DayGrid.Cells);

    private static DayGrid After(LocalDate date, LocalDateTime time) =>
        date > time.Date ? DayGrid.All
        : date < time.Date ? default
        : DayGrid.Range(DayGrid.CellOf(time.TimeOfDay) + 1, DayGrid.Cells);
}
