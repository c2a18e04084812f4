using Rdv.Azure.Tables;
using Rdv.Calendars;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Azure.Calendars;

public sealed class TableCalendarStore(RdvTable table) : ICalendarStore
{
    public async Task<Stored<OwnCalendar>?> FindAsync(Territory territory, AdvisorId advisor, string id, CancellationToken cancellationToken) =>
        await table.FindAsync(territory.Code, RowKeys.Calendar(advisor, id), null, cancellationToken) is { } row
            ? new Stored<OwnCalendar>(CalendarRow.Read(row), row.ETag.ToString())
            : null;

    public Task<IReadOnlyList<OwnCalendar>> ListAsync(Territory territory, AdvisorId advisor, CancellationToken cancellationToken) =>
        ListAsync(territory, RowKeys.CalendarsOf(advisor), cancellationToken);

    public Task<IReadOnlyList<OwnCalendar>> ListAsync(Territory territory, CancellationToken cancellationToken) =>
        ListAsync(territory, RowKeys.Calendars, cancellationToken);

    private async Task<IReadOnlyList<OwnCalendar>> ListAsync(Territory territory, string prefix, CancellationToken cancellationToken) =>
        (await table.RangeAsync(territory.Code, prefix, RowKeys.After(prefix), null, cancellationToken)).ConvertAll(CalendarRow.Read);
}
