using NodaTime;
using Rdv.Agenda;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Workshops;

/// <summary>Days of several agendas that are changed together: each month is read once, and written once.</summary>
internal sealed class AgendaDraft(IAgendaStore agenda, Territory territory)
{
    private readonly Dictionary<(AdvisorId Advisor, YearMonth Month), StoredMonth> _months = [];
    private readonly Dictionary<(AdvisorId Advisor, LocalDate Date), DayAgenda> _days = [];

    /// <summary>The day as it would be written, with the month that it was read with.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<(StoredMonth Month, DayAgenda Day)> DayAsync(AdvisorId advisor, LocalDate date, CancellationToken cancellationToken)
    {
        var key = (advisor, date.ToYearMonth());
        if (!_months.TryGetValue(key, out var month))
        {
            _months[key] = month = await agenda.ReadMonthAsync(territory, advisor, key.Item2, cancellationToken);
        }

        return (month, _days.GetValueOrDefault((advisor, date)) ?? month.Day(date));
    }

    public void Put(AdvisorId advisor, LocalDate date, DayAgenda day) => _days[(advisor, date)] = day;

    public IEnumerable<RowWrite> Rows() => _days
        .GroupBy(day => (day.Key.Advisor, day.Key.Date.ToYearMonth()))
        .Select(days => _months[days.Key].Write(days.ToDictionary(day => day.Key.Date.Day, day => day.Value), _months[days.Key].HoursVersion));
}
