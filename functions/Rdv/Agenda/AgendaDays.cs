using NodaTime;
using Rdv.Ids;
using Rdv.Transactions;

namespace Rdv.Agenda;

/// <summary>Some days of one advisor's month, to be merged into its row.</summary>
/// <param name="Days">By day of the month.</param>
/// <param name="HoursVersion">The version of the opening hours that the writer knew.</param>
public sealed record AgendaDays(AdvisorId AdvisorId, YearMonth Month, IReadOnlyDictionary<int, DayAgenda> Days, int HoursVersion) : IRow;
