using NodaTime;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.People;
using Rdv.Transactions;
using Rdv.Workshops;

namespace Rdv.Waiting;

/// <summary>Someone takes a slot that they were offered.</summary>
/// <param name="Start">Null for the last one that they were offered.</param>
/// <param name="PlaceId">Null when the start says enough.</param>
public sealed record ClaimRequest(WaitingId Id, Access Access, Instant? Start, PlaceId? PlaceId);

/// <summary>
/// Books an offered slot in the name of the person who waits, and crosses them off the list in the same transaction: of several who
/// were told, the write lets one have it; of several slots, one person takes one. Who has an appointment gives it back in that transaction too.
/// </summary>
public sealed class ClaimOffer(IWaitingStore waiting, IAppointmentStore appointments, IWorkshopStore workshops, BookAppointment book, MoveAppointment move, Links links, IClock clock)
{
    private static readonly Refusal.TooLate Closed = new("Cette demande est terminée.");

    /// <returns>
    /// Refused are a slot that was not offered, one that somebody else was quicker to take, and a request that is closed. Who is refused
    /// stays on the list.
    /// </returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<Booked>> ExecuteAsync(ClaimRequest request, CancellationToken cancellationToken)
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

        try
        {
            var booked = person.InPlaceOf is { } reference
                ? await MoveAsync(request, person, reference, offer, cancellationToken)
                : await BookAsync(request, person, offer, cancellationToken);

            // The start has come too near, or the place has closed, since it was offered.
            return booked.Refusal is Refusal.Invalid ? new Refusal.SlotTaken(person.Territory, []) : booked;
        }
        catch (ContendedException) when (!cancellationToken.IsCancellationRequested)
        {
            // By the agenda; or since they were crossed off in between, which no attempt can get past.
            if (await waiting.FindAsync(person.Id, cancellationToken) is null)
            {
                return await ClosedAsync(request, cancellationToken);
            }

            throw;
        }
    }

    private async Task<Result<Booked>> BookAsync(ClaimRequest request, WaitingPerson person, Offer offer, CancellationToken cancellationToken)
    {
        var workshop = person.Workshop is { } id ? await workshops.ReadWaitedAsync(person.Territory, id, clock.GetCurrentInstant(), cancellationToken) : null;
        if (person.Workshop is not null && (workshop is null || !offer.IsOf(workshop)))
        {
            return new Refusal.SlotTaken(person.Territory, []);
        }

        var citizen = person.Citizen;
        return await book.ExecuteAsync(
            new BookingRequest(
                person.Territory,
                person.Topic,
                offer.Start,
                offer.PlaceId.Value,
                // Any advisor who is free then, the one of the offer first.
                AdvisorId: null,
                offer.TokenIn(person.Territory).ToString(),
                new CitizenForm(citizen.Name, citizen.Phone.Stored, citizen.Email, citizen.Business, citizen.Needs, citizen.ReminderTwoHours),
                Helper: null,
                person.Note,
                request.Access.Actor,
                IdentityOf(person.Id, offer.Start),
                workshop is { Session: null } ? workshop.Id.Value : null,
                workshop is { Session: null } ? workshop.Version : null,
                Besides: [new RowWrite.Delete(person)])
            {
                CourseId = workshop?.Session?.Course.Value,
                Means = MeansWords.Of(person.Means),
                Signs = person.Signs,
                Home = person.Home is null ? null : new HomeForm(person.Street, person.Home),
            },
            cancellationToken);
    }

    /// <summary>Whoever has the link of this request may move that appointment to this slot, and to no other.</summary>
    private async Task<Result<Booked>> MoveAsync(
        ClaimRequest request, WaitingPerson person, AppointmentReference reference, Offer offer, CancellationToken cancellationToken) =>
        (await move.ExecuteAsync(
            new MoveRequest(
                reference,
                new Access.ByStaff(request.Access.Actor),
                offer.Start,
                offer.PlaceId.Value,
                AdvisorId: null,
                offer.TokenIn(person.Territory).ToString(),
                Version: null,
                Besides: [new RowWrite.Delete(person)]),
            cancellationToken)).Map(moved => new Booked(moved.Appointment, moved.Repeated));

    /// <summary>A second click, or an answer that was lost: the appointment is there.</summary>
    private async Task<Result<Booked>> ClosedAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        if (request.Start is not { } start)
        {
            return Closed;
        }

        var identity = IdentityOf(request.Id, start);
        return await appointments.ReadAsync(AppointmentReference.Derive(request.Id.Territory, identity.Nonce), cancellationToken) is { Value: var appointment }
            && appointment.Request == identity
                ? new Booked(appointment, Repeated: true)
                : Closed;
    }

    private static RequestIdentity IdentityOf(WaitingId id, Instant start) =>
        RequestIdentity.Of("claim", $"{id}|{start.ToUnixTimeSeconds()}", "");
}
