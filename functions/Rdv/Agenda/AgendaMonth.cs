using NodaTime;
using Rdv.Directory;

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
}
