using NodaTime;
using Rdv.Agenda;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Calendars;

/// <param name="Address">As it was typed.</param>
/// <param name="DryRun">Only to tell what it would block.</param>
public sealed record CalendarRequest(Territory Territory, AdvisorId Advisor, string? Address, RequestIdentity Request, bool DryRun = false);

/// <param name="Repeated">This very request had been answered before.</param>
public sealed record CalendarAdded(ShownCalendar Shown, bool Repeated);

/// <summary>Takes up a calendar that an advisor keeps elsewhere, and reads it at once: one that cannot be read is refused, with the reason.</summary>
public sealed class AddCalendar(ReadCalendar read, ICalendarStore store, CalendarAgenda agenda, AddressSeal seal, Writer writer, IClock clock)
{
    private const string Field = "address";

    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<CalendarAdded>> ExecuteAsync(CalendarRequest request, CancellationToken cancellationToken)
    {
        if (!CalendarAddress.TryParse(request.Address, out var address, out var problem))
        {
            return new Refusal.Invalid(Field, problem);
        }

        // Before anything is asked for elsewhere: a repeated request reads no calendar twice.
        if ((await DecideAsync(request, address, cancellationToken)) is { } known)
        {
            return known;
        }

        var window = agenda.Window(request.Territory);
        var fetched = await read.FetchAsync(address, request.Territory, window, known: null, cancellationToken);
        if (fetched.Fault is { } fault)
        {
            return new Refusal.Invalid(Field, CalendarFaults.SentenceOf(fault));
        }

        return await writer.WriteAsync<CalendarAdded>(
            request.Territory,
            async token =>
            {
                // Before the list of calendars: whoever adds another meanwhile writes to the first of them, and both are read again.
                var months = await agenda.ReadAsync(request.Territory, request.Advisor, window, token);
                if (await DecideAsync(request, address, token) is { } meanwhile)
                {
                    return meanwhile;
                }

                var calendar = Of(request, address, fetched, window);
                var (rows, after) = CalendarAgenda.Lay(calendar.Id, fetched.Days, window, months);
                var shown = agenda.Show(calendar, after);

                // Whoever adds it reads of the conflicts in the answer: they are told.
                shown = shown with { Calendar = calendar with { ToldConflicts = [.. shown.Conflicts.Select(conflict => conflict.Key)] } };
                var added = new CalendarAdded(shown, Repeated: false);
                return request.DryRun ? added : new Decision<CalendarAdded>.Write([new RowWrite.Insert(shown.Calendar), .. rows, .. Guard(months[0], rows)], added);
            },
            cancellationToken);
    }

    /// <summary>The month that every calendar that is added writes to, whatever is in it.</summary>
    private static IEnumerable<RowWrite> Guard(StoredMonth first, IEnumerable<RowWrite> rows) => rows.Any(row => row.Row is AgendaDays days && days.Month == first.Month)
        ? []
        : [first.Write(new Dictionary<int, DayAgenda>(), first.HoursVersion)];

    /// <returns>What is known without reading the calendar; null when it is to be read.</returns>
    private async Task<Result<CalendarAdded>?> DecideAsync(CalendarRequest request, Uri address, CancellationToken cancellationToken)
    {
        var calendars = await store.ListAsync(request.Territory, request.Advisor, cancellationToken);
        if (calendars.FirstOrDefault(calendar => calendar.Id == OwnCalendar.IdOf(request.Request)) is { } stored)
        {
            return stored.Request != request.Request
                ? new Refusal.IdempotencyMismatch()
                : new CalendarAdded(
                    agenda.Show(stored, await agenda.ReadAsync(request.Territory, request.Advisor, agenda.Window(request.Territory), cancellationToken)), Repeated: true);
        }

        return calendars.Any(calendar => seal.TryOpen(calendar, out var known) && known == address) ? new Refusal.Invalid(Field, "Cet agenda est déjà relié.")
            : calendars.Count >= OwnCalendar.MostPerAdvisor ? new Refusal.Invalid(Field, "Trois agendas sont déjà reliés. Retirez-en d'abord un.")
            : (Result<CalendarAdded>?)null;
    }

    private OwnCalendar Of(CalendarRequest request, Uri address, ReadCalendar.Fetched fetched, DateInterval window)
    {
        var id = OwnCalendar.IdOf(request.Request);
        var now = clock.GetCurrentInstant();
        var minute = Instant.FromUnixTimeSeconds(now.ToUnixTimeSeconds() / NodaConstants.SecondsPerMinute * NodaConstants.SecondsPerMinute);
        return new OwnCalendar(
            request.Territory,
            request.Advisor,
            id,
            seal.Close(request.Territory, request.Advisor, id, address),
            address.IdnHost,
            CalendarAddress.EndingOf(address),
            request.Request,
            minute,
            minute,
            window.End,
            fetched.State!);
    }
}
