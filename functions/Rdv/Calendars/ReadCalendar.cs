using NodaTime;
using Rdv.Messages;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Calendars;

/// <summary>
/// Reads one calendar and lays its busy hours over the agenda: in one transaction with its row, on condition that nobody has written those
/// months meanwhile. What is booked stays, and the advisor is told where the two meet.
/// </summary>
public sealed class ReadCalendar(
    ICalendarSource source, ICalendarStore store, CalendarAgenda agenda, BusyTimes busyTimes, AddressSeal seal, Writer writer, IClock clock)
{
    // A mail that says what has to be seen to within the day.
    private static readonly Duration TellWithin = Duration.FromDays(1);

    /// <summary>How often an advisor is told that a calendar cannot be read.</summary>
    private static readonly Duration TellAgainAfter = Duration.FromDays(1);

    /// <param name="at">To the minute: a calendar that was asked for at that minute or later is left as it is.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task ExecuteAsync(OwnCalendar calendar, Instant at, CancellationToken cancellationToken)
    {
        var window = agenda.Window(calendar.Territory);
        var answer = seal.TryOpen(calendar, out var address)
            ? await FetchAsync(address, calendar.Territory, window, calendar.ReadTo == window.End && calendar.Fault is null ? calendar.State : null, cancellationToken)
            : new Fetched(null, null, CalendarFault.AddressLost);
        await writer.WriteAsync<bool>(
            calendar.Territory,
            async token =>
            {
                if (await store.FindAsync(calendar.Territory, calendar.AdvisorId, calendar.Id, token) is not { Value: var stored, ETag: var etag } || stored.CheckedAt >= at)
                {
                    // Its advisor has removed it, or another run was as fast.
                    return false;
                }

                return new Decision<bool>.Write(await DecideAsync(Resealed(stored, address) with { CheckedAt = at }, etag, answer, window, at, token), true);
            },
            cancellationToken);
    }

    /// <summary>Asks for it, and keeps of the answer when its owner is busy.</summary>
    internal async Task<Fetched> FetchAsync(Uri address, Territory territory, DateInterval window, CalendarState? known, CancellationToken cancellationToken)
    {
        switch (await source.ReadAsync(address, known, cancellationToken))
        {
            case CalendarAnswer.Read read:
                var (days, fault) = busyTimes.Read(read.Text, territory.Zone, window);
                return new Fetched(days, read.State, fault);
            case CalendarAnswer.Failed failed:
                return new Fetched(null, null, failed.Fault);
            default:
                return new Fetched(null, known, null);
        }
    }

    private async Task<IReadOnlyList<RowWrite>> DecideAsync(
        OwnCalendar calendar, string etag, Fetched answer, DateInterval window, Instant at, CancellationToken cancellationToken)
    {
        if (answer.Fault is { } fault)
        {
            return Failed(calendar with { Fault = fault, FailingSince = calendar.FailingSince ?? at }, etag, at);
        }

        var months = await agenda.ReadAsync(calendar.Territory, calendar.AdvisorId, window, cancellationToken);
        var (rows, after) = answer.Days is { } busy ? CalendarAgenda.Lay(calendar.Id, busy, window, months) : ([], months);
        var conflicts = CalendarConflict.Among(after, calendar.Id, calendar.Territory, clock.GetCurrentInstant()).Select(conflict => conflict.Key).ToList();
        var isNew = conflicts.Except(calendar.ToldConflicts).Any();
        var read = calendar with
        {
            ReadAt = at,
            ReadTo = window.End,
            State = answer.State ?? calendar.State,
            Fault = null,
            FailingSince = null,
            ToldAt = null,
            ToldConflicts = conflicts,
            Mails = calendar.Mails + (isNew ? 1 : 0),
        };
        return [new RowWrite.Replace(read, etag), .. rows, .. isNew ? Tell(read, at) : []];
    }

    /// <summary>The hours stay as they were read last.</summary>
    private static IReadOnlyList<RowWrite> Failed(OwnCalendar calendar, string etag, Instant at)
    {
        var isToBeTold = at - calendar.FailingSince >= OwnCalendar.Patience && (calendar.ToldAt is not { } told || at - told >= TellAgainAfter);
        var failing = isToBeTold ? calendar with { ToldAt = at, Mails = calendar.Mails + 1 } : calendar;
        return [new RowWrite.Replace(failing, etag), .. isToBeTold ? Tell(failing, at) : []];
    }

    internal static RowWrite[] Tell(OwnCalendar calendar, Instant now) =>
    [
        new RowWrite.Insert(new DueMessage(
            Channel.Mail, now, calendar.Subject, MessageKinds.Calendar, Recipient.Advisor(calendar.AdvisorId), calendar.Mails, now + TellWithin)),
    ];

    /// <summary>Under the current secret, so that an older one can be taken away.</summary>
    private OwnCalendar Resealed(OwnCalendar calendar, Uri? address) => address is null
        ? calendar
        : calendar with { SealedAddress = seal.Close(calendar.Territory, calendar.AdvisorId, calendar.Id, address) };

    /// <param name="Days">Null when it could not be read, or has not changed.</param>
    internal sealed record Fetched(BusyDays? Days, CalendarState? State, CalendarFault? Fault);
}
