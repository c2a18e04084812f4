using NodaTime;

namespace Rdv.Agenda;

/// <summary>The months in which something can be booked.</summary>
public static class Horizon
{
    public static IReadOnlyList<YearMonth> Months(LocalDate from, LocalDate to)
    {
        var months = new List<YearMonth>();
        for (var month = from.ToYearMonth(); month.CompareTo(to.ToYearMonth()) <= 0; month = month.PlusMonths(1))
        {
            months.Add(month);
        }

        return months;
    }
}
