using Rdv.Calendars;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Functions.Calendars;

/// <param name="Address">Opens the calendar to whoever has it: no answer ever gives it back.</param>
public sealed record CalendarBody(string? Address)
{
    public CalendarRequest ToRequest(Territory territory, AdvisorId advisor, RequestIdentity identity, bool dryRun) =>
        new(territory, advisor, Address, identity, dryRun);

    public override string ToString() => nameof(CalendarBody);
}
