using NodaTime;
using Rdv.Agenda;
using Rdv.Booking;
using Rdv.Transactions;

namespace Rdv.Workshops;

/// <summary>What gives a seat back to its workshop, in the transaction that cancels the appointment.</summary>
public sealed class GiveSeatBack(IWorkshopStore workshops, IAgendaStore agenda)
{
    /// <returns>Null when the workshop changed between two reads: read again. Nothing to write when the workshop itself is cancelled.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    internal async Task<IReadOnlyList<RowWrite>?> RowsAsync(Appointment appointment, SeatIn seat, Instant now, CancellationToken cancellationToken)
    {
        // Where the workshop stands now, which is not where the appointment stood when the workshop is just being moved.
        if (await workshops.ReadAsync(appointment.Territory, seat.Id, cancellationToken) is not { Value: { IsCancelled: false } workshop })
        {
            return [];
        }

        var month = await agenda.ReadMonthAsync(appointment.Territory, workshop.AdvisorId, workshop.Date.ToYearMonth(), cancellationToken);
        var day = month.Day(workshop.Date);
        if (day.Find(workshop.Id.Value) is not { Seats: { } seats } entry || entry.Version != workshop.Version)
        {
            return null;
        }

        return
        [
            month.Write(new Dictionary<int, DayAgenda>
                {
                    [workshop.Date.Day] = day.Replacing(entry with { Seats = seats.Without(appointment.Reference.Code) }),
                },
                month.HoursVersion),
            new RowWrite.Put(WorkshopNews.SeatsChanged(workshop, now)),
        ];
    }
}
