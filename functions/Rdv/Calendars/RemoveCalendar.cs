using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Calendars;

/// <summary>Forgets a calendar: its hours can be booked again from today on.</summary>
public sealed class RemoveCalendar(ICalendarStore store, CalendarAgenda agenda, Writer writer)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public Task<Result<OwnCalendar>> ExecuteAsync(Territory territory, AdvisorId advisor, string id, CancellationToken cancellationToken) =>
        writer.WriteAsync<OwnCalendar>(
            territory,
            async token =>
            {
                if (await store.FindAsync(territory, advisor, id, token) is not { Value: var calendar, ETag: var etag })
                {
                    return new Refusal.NotFound();
                }

                // A reading that is under way finds its row gone, and lays nothing.
                var window = agenda.Window(territory);
                var (rows, _) = CalendarAgenda.Lay(id, null, window, await agenda.ReadAsync(territory, advisor, window, token));
                return new Decision<OwnCalendar>.Write([.. rows, new RowWrite.Delete(calendar, etag)], calendar);
            },
            cancellationToken);
}
