using NodaTime;
using Rdv.Ids;
using Rdv.Transactions;

namespace Rdv.Agenda;

/// <summary>One advisor's whole month, read by its key to be written back.</summary>
/// <param name="ETag">Guards the next write. Null when there is no row yet.</param>
public sealed record StoredMonth(AdvisorId AdvisorId, YearMonth Month, IReadOnlyDictionary<int, DayAgenda> Days, int HoursVersion, string? ETag)
    : AgendaMonth(AdvisorId, Month, Days, HoursVersion)
{
    public static new StoredMonth Missing(AdvisorId advisor, YearMonth month) => new(advisor, month, NoDays, 0, null);

    /// <summary>Writes days of the month, if nobody has written to it since it was read.</summary>
    /// <param name="days">By day of the month.</param>
    /// <param name="hoursVersion">The version of the opening hours that the writer knew.</param>
    public RowWrite Write(IReadOnlyDictionary<int, DayAgenda> days, int hoursVersion) =>
        new RowWrite.Merge(new AgendaDays(AdvisorId, Month, days, Math.Max(hoursVersion, HoursVersion)), ETag);

    /// <summary>The same for one day, by a writer who does not go by the opening hours.</summary>
    public RowWrite Write(LocalDate date, DayAgenda day) => Write(new Dictionary<int, DayAgenda> { [date.Day] = day }, HoursVersion);
}
