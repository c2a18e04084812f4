using NodaTime;
using Rdv.Ids;

namespace Rdv.Agenda;

/// <summary>One advisor's month as it was read: the days that were asked. To look at; what is to be written is a <see cref="StoredMonth"/>.</summary>
/// <param name="HoursVersion">The version of the opening hours that the last writer knew.</param>
public record AgendaMonth(AdvisorId AdvisorId, YearMonth Month, IReadOnlyDictionary<int, DayAgenda> Days, int HoursVersion)
{
    private protected static readonly IReadOnlyDictionary<int, DayAgenda> NoDays = new Dictionary<int, DayAgenda>();

    /// <summary>Changes with every write to the row; null when this is not as it was read. No write goes by it.</summary>
    public string? Stamp { get; init; }

    public static AgendaMonth Missing(AdvisorId advisor, YearMonth month) => new(advisor, month, NoDays, 0);

    public DayAgenda Day(LocalDate date) => Days.TryGetValue(date.Day, out var day) ? day : DayAgenda.Empty;
}
