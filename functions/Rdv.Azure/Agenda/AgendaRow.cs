using Azure.Data.Tables;
using NodaTime;
using Rdv.Agenda;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Azure.Agenda;

/// <summary>The row of one advisor's month.</summary>
internal sealed class AgendaRow : IRowFormat<AgendaDays>
{
    public const string HoursVersion = "HoursVersion";

    private const int MostDays = 31;

    public static StoredMonth Read(TableEntity row)
    {
        var month = Read(row, LocalDate.MinIsoValue, LocalDate.MaxIsoValue);
        return new StoredMonth(month.AdvisorId, month.Month, month.Days, month.HoursVersion, row.ETag.ToString());
    }

    /// <summary>Reads the days of a window only: a query over two months brings the same columns of both.</summary>
    /// <param name="before">What was read of the same window; of a row that has not been written since, it is given back.</param>
    public static AgendaMonth Read(TableEntity row, LocalDate from, LocalDate to, Dictionary<(AdvisorId, YearMonth), AgendaMonth>? before = null)
    {
        // agenda|2026-11|{advisor}
        var key = row.RowKey.AsSpan("agenda|".Length);
        var month = new YearMonth(int.Parse(key[..4], provider: null), int.Parse(key.Slice(5, 2), provider: null));
        var advisor = new AdvisorId(key["2026-11|".Length..].ToString());
        var stamp = row.ETag.ToString();
        if (before is not null && before.TryGetValue((advisor, month), out var known) && known.Stamp == stamp)
        {
            return known;
        }

        var first = month == from.ToYearMonth() ? from.Day : 1;
        var last = month == to.ToYearMonth() ? to.Day : 31;
        var days = new Dictionary<int, DayAgenda>(Math.Min(row.Count, last - first + 1));
        foreach (var (column, value) in row)
        {
            if (column is ['D', var tens, var units] && char.IsAsciiDigit(tens) && char.IsAsciiDigit(units) && value is string json
                && ((tens - '0') * 10) + units - '0' is var day && day >= first && day <= last)
            {
                days[day] = DayColumn.Read(json);
            }
        }

        return new AgendaMonth(advisor, month, days, row.GetInt32(HoursVersion) ?? 0) { Stamp = stamp };
    }

    public static TableEntity Write(Territory territory, AgendaDays written)
    {
        var row = new TableEntity(territory.Code, RowKeys.Agenda(written.Month, written.AdvisorId)) { [HoursVersion] = written.HoursVersion };
        foreach (var (day, agenda) in written.Days)
        {
            row[DayColumn.Name(day)] = DayColumn.Write(agenda);
        }

        return row;
    }

    /// <summary>The columns that hold the days of a window; rows of two months bring the days of both.</summary>
    public static IEnumerable<string> Columns(LocalDate from, LocalDate to)
    {
        // As many days as a month has, one after the other, need not be all of them: those from the first of February are 28.
        var days = Period.DaysBetween(from, to) + 1;
        return (days >= MostDays ? Enumerable.Range(1, MostDays) : Enumerable.Range(0, days).Select(offset => from.PlusDays(offset).Day))
            .Select(DayColumn.Name)
            .Distinct()
            .Append("RowKey")
            .Append(HoursVersion);
    }
}
