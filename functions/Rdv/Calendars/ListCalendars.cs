using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Calendars;

/// <summary>The calendars of an advisor, and where they meet what is booked: one range query, and the months where there is any.</summary>
public sealed class ListCalendars(ICalendarStore store, CalendarAgenda agenda)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<IReadOnlyList<ShownCalendar>> ExecuteAsync(Territory territory, AdvisorId advisor, CancellationToken cancellationToken)
    {
        var calendars = await store.ListAsync(territory, advisor, cancellationToken);
        if (calendars.Count == 0)
        {
            return [];
        }

        var months = await agenda.ReadAsync(territory, advisor, agenda.Window(territory), cancellationToken);
        return [.. calendars.Select(calendar => agenda.Show(calendar, months))];
    }
}
