using NodaTime;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Waiting;

/// <summary>
/// Puts someone who has an appointment on the waiting list for an earlier one, in the order of asking with all who wait. They keep what they
/// have until they take another; nobody calls them, and they are no unmet demand.
/// </summary>
public sealed class AskForEarlier(
    IWaitingStore waiting,
    IAppointmentStore appointments,
    ITerritoryDirectories directories,
    Writer writer,
    Links links,
    RdvSettings settings,
    IClock clock)
{
    /// <summary>A second request for the same appointment is the first.</summary>
    /// <returns>Refused are an appointment that is of today, past or cancelled, and a seat in a workshop.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public Task<Result<Listed>> ExecuteAsync(AppointmentReference reference, Access access, CancellationToken cancellationToken) =>
        writer.WriteAsync<Listed>(
            reference.Territory,
            async token =>
            {
                if (await appointments.ReadAsync(reference, token) is not { Value: var appointment } || !access.Opens(appointment, links))
                {
                    return new Refusal.NotFound();
                }

                var now = clock.GetCurrentInstant();
                if (appointment.Seat is not null)
                {
                    return new Refusal.Invalid("reference", "Un atelier a lieu à son jour : il n'y en a pas de place plus tôt.");
                }

                if (appointment.Status != AppointmentStatus.Booked || appointment.LocalStart.Date <= now.InZone(reference.Territory.Zone).Date)
                {
                    return new Refusal.TooLate();
                }

                var (id, known) = await FindAsync(reference, token);
                if (known is not null)
                {
                    return new Listed(id, known.LinkSecret, Repeated: true);
                }

                var places = (await directories.GetAsync(reference.Territory, token)).Places;
                var person = new WaitingPerson(
                    id,
                    appointment.Citizen,
                    appointment.Home?.Insee ?? places.GetValueOrDefault(appointment.PlaceId)?.Insee,
                    appointment.Topic,
                    Note: null,
                    access.Actor,
                    now,
                    RequestIdentity.Of("earlier", reference.ToString(), ""),
                    links.CurrentLinkSecret,
                    Offered: 0,
                    Offers: [],
                    InPlaceOf: reference)
                {
                    Means = appointment.Means,
                    Minutes = appointment.Minutes == Topics.Find(appointment.Topic)?.Minutes ? null : appointment.Minutes,
                };
                return new Decision<Listed>.Write(
                    [new RowWrite.Insert(person), new RowWrite.Put(new Chore(id.Subject, ChoreKinds.Forget, now + settings.WaitingTime, Version: 0))],
                    new Listed(id, person.LinkSecret, Repeated: false));
            },
            cancellationToken);

    /// <summary>The first id that the appointment draws and that is nobody else's.</summary>
    private async Task<(WaitingId Id, WaitingPerson? Known)> FindAsync(AppointmentReference reference, CancellationToken cancellationToken)
    {
        for (var draw = 0; ; draw++)
        {
            var id = WaitingId.Derive(reference.Territory, "earlier\n" + reference.Code, draw);
            var known = (await waiting.FindAsync(id, cancellationToken))?.Value;
            if (known is null || known.InPlaceOf == reference)
            {
                return (id, known);
            }
        }
    }
}
