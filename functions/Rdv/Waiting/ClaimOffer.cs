using NodaTime;
using Rdv.Agenda;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Waiting;

/// <summary>Someone takes a slot that they were offered.</summary>
/// <param name="Start">Null for the last one that they were offered.</param>
/// <param name="PlaceId">Null when the start says enough.</param>
public sealed record ClaimRequest(WaitingId Id, Access Access, Instant? Start, PlaceId? PlaceId);

/// <param name="Repeated">They had taken it before: nothing changed.</param>
public sealed record ClaimedSlot(Appointment Appointment, bool Repeated);

/// <summary>
/// Books an offered slot in the name of the person who waits, and crosses them off the list in the same transaction: of several who
/// were told, the write lets one have it; of several slots, one person takes one.
/// </summary>
public sealed class ClaimOffer(IWaitingStore waiting, IAppointmentStore appointments, BookAppointment book, Links links)
{
    private static readonly Refusal.TooLate Closed = new("Cette demande est terminée.");

    private static readonly Duration UntilOneIsOver = Duration.FromHours(1);

    /// <returns>
    /// Refused are a slot that was not offered, one that somebody else was quicker to take, and a request that is closed. Who is refused
    /// stays on the list.
    /// </returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<ClaimedSlot>> ExecuteAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        if (await waiting.FindAsync(request.Id, cancellationToken) is not { Value: var person })
        {
            return request.Access.OpenedOnce(request.Id, links) ? await ClosedAsync(request, cancellationToken) : new Refusal.NotFound();
        }

        if (!request.Access.Opens(person, links))
        {
            return new Refusal.NotFound();
        }

        var offer = person.Offers.LastOrDefault(offer =>
            (request.Start is null || offer.Start == request.Start) && (request.PlaceId is null || offer.PlaceId == request.PlaceId));
        if (offer is null)
        {
            return new Refusal.Invalid("start", "Cette heure ne vous a pas été proposée.");
        }

        var citizen = person.Citizen;
        var outcome = await book.ExecuteAsync(
            new BookingRequest(
                person.Territory,
                person.Topic,
                offer.Start,
                offer.PlaceId.Value,
                // Any advisor who is free then, the one of the offer first.
                AdvisorId: null,
                offer.TokenIn(person.Territory).ToString(),
                new CitizenForm(citizen.Name, citizen.Phone.E164, citizen.Email, citizen.Business, citizen.Needs, citizen.ReminderTwoHours),
                Helper: null,
                person.Note,
                request.Access.Actor,
                IdentityOf(person.Id, offer.Start),
                Besides: [new RowWrite.Delete(person)]),
            cancellationToken);
        return outcome switch
        {
            BookOutcome.Booked booked => new ClaimedSlot(booked.Appointment, booked.Repeated),
            BookOutcome.SlotTaken taken => new Refusal.SlotTaken(person.Territory, taken.Alternatives),
            // The start has come too near, or the place has closed, since it was offered.
            BookOutcome.Invalid => new Refusal.SlotTaken(person.Territory, []),
            BookOutcome.TooMany => new Refusal.TooMany(UntilOneIsOver),
            // Contended to the last try: by the agenda, or since they were crossed off in between.
            _ => await waiting.FindAsync(person.Id, cancellationToken) is null
                ? await ClosedAsync(request, cancellationToken)
                : throw new ContendedException("A slot of the waiting list was contended at every attempt."),
        };
    }

    /// <summary>A second click, or an answer that was lost: the appointment is there.</summary>
    private async Task<Result<ClaimedSlot>> ClosedAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        if (request.Start is not { } start)
        {
            return Closed;
        }

        var identity = IdentityOf(request.Id, start);
        return await appointments.ReadAsync(AppointmentReference.Derive(request.Id.Territory, identity.Nonce), cancellationToken) is { Value: var appointment }
            && appointment.Request == identity
                ? new ClaimedSlot(appointment, Repeated: true)
                : Closed;
    }

    private static RequestIdentity IdentityOf(WaitingId id, Instant start) =>
        RequestIdentity.Of("claim", $"{id}|{start.ToUnixTimeSeconds()}", "");
}
