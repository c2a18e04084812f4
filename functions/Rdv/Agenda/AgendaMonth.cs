using NodaTime;
using Rdv.Ids;
using Rdv.Transactions;

namespace Rdv.Agenda;

/// <summary>One advisor's month as it was read: the days that were asked, and the ETag that guards the next write.</summary>
/// <param name="ETag">Null when there is no row yet.</param>
/// <param name="HoursVersion">The version of the opening hours that the last writer knew.</param>
public sealed record AgendaMonth(
    AdvisorId AdvisorId,
    YearMonth Month,
    IReadOnlyDictionary<int, DayAgenda> Days,
    string? ETag,
    int HoursVersion)
{
    private static readonly IReadOnlyDictionary<int, DayAgenda> NoDays = new Dictionary<int, DayAgenda>();

    public static AgendaMonth Missing(AdvisorId advisor, YearMonth month) => new(advisor, month, NoDays, null, 0);

    public DayAgenda Day(LocalDate date) => Days.TryGetValue(date.Day, out var day) ? day : DayAgenda.Empty;

    /// <summary>Writes days of the month, if nobody has written to it since it was read.</summary>
    /// <param name="days">By day of the month.</param>
    /// <param name="hoursVersion">The version of the opening hours that the writer knew.</param>
    public RowWrite Write(IReadOnlyDictionary<int, DayAgenda> days, int hoursVersion) =>
        new RowWrite.Merge(new AgendaDays(AdvisorId, Month, days, Math.Max(hoursVersion, HoursVersion)), ETag);

    /// <summary>The same for one day, by a writer who does not go by the opening hours.</summary>
    public RowWrite Write(LocalDate date, DayAgenda day) => Write(new Dictionary<int, DayAgenda> { [date.Day] = day }, HoursVersion);
}
