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

public abstract record ClaimOutcome
{
    private ClaimOutcome()
    {
    }

    /// <param name="Repeated">They had taken it before: nothing changed.</param>
    public sealed record Booked(Appointment Appointment, bool Repeated) : ClaimOutcome;

    /// <summary>Somebody was quicker, or it is too late. They stay on the list.</summary>
    public sealed record Gone(WaitingPerson Person, IReadOnlyList<Slot> Alternatives) : ClaimOutcome;

    /// <summary>They were offered no such slot.</summary>
    public sealed record NoSuchOffer(WaitingPerson Person) : ClaimOutcome;

    /// <summary>The number has as many appointments to come as one may book alone.</summary>
    public sealed record TooMany(WaitingPerson Person) : ClaimOutcome;

    /// <summary>They do not wait any more.</summary>
    public sealed record Closed : ClaimOutcome;

    public sealed record NotFound : ClaimOutcome;

    public sealed record Busy : ClaimOutcome;
}

/// <summary>
/// Books an offered slot in the name of the person who waits, and crosses them off the list in the same transaction: of several who
/// were told, the write lets one have it; of several slots, one person takes one.
/// </summary>
public sealed class ClaimOffer(IWaitingStore waiting, IAppointmentStore appointments, BookAppointment book, Links links)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<ClaimOutcome> ExecuteAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        if (await waiting.FindAsync(request.Id, cancellationToken) is not { Value: var person })
        {
            return request.Access.OpenedOnce(request.Id, links) ? await ClosedAsync(request, cancellationToken) : new ClaimOutcome.NotFound();
        }

        if (!request.Access.Opens(person, links))
        {
            return new ClaimOutcome.NotFound();
        }

        var offer = person.Offers.LastOrDefault(offer =>
            (request.Start is null || offer.Start == request.Start) && (request.PlaceId is null || offer.PlaceId == request.PlaceId));
        if (offer is null)
        {
            return new ClaimOutcome.NoSuchOffer(person);
        }

        try
        {
            return Of(await BookAsync(request, person, offer, cancellationToken), person);
        }
        catch (ContendedException) when (!cancellationToken.IsCancellationRequested)
        {
            // By the agenda; or since they were crossed off in between, which no attempt can get past.
            return await waiting.FindAsync(person.Id, cancellationToken) is null ? await ClosedAsync(request, cancellationToken) : new ClaimOutcome.Busy();
        }
    }

    private Task<Result<Booked>> BookAsync(ClaimRequest request, WaitingPerson person, Offer offer, CancellationToken cancellationToken)
    {
        var citizen = person.Citizen;
        return book.ExecuteAsync(
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
    }

    private static ClaimOutcome Of(Result<Booked> result, WaitingPerson person) =>
        result.Match<ClaimOutcome>(
            booked => new ClaimOutcome.Booked(booked.Appointment, booked.Repeated),
            refusal => refusal switch
            {
                Refusal.SlotTaken taken => new ClaimOutcome.Gone(person, taken.Alternatives),
                Refusal.TooMany => new ClaimOutcome.TooMany(person),
                // The start has come too near, or the place has closed, since it was offered.
                _ => new ClaimOutcome.Gone(person, []),
            });

    /// <summary>A second click, or an answer that was lost: the appointment is there.</summary>
    private async Task<ClaimOutcome> ClosedAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        if (request.Start is not { } start)
        {
            return new ClaimOutcome.Closed();
        }

        var identity = IdentityOf(request.Id, start);
        return await appointments.ReadAsync(AppointmentReference.Derive(request.Id.Territory, identity.Nonce), cancellationToken) is { Value: var appointment }
            && appointment.Request == identity
                ? new ClaimOutcome.Booked(appointment, Repeated: true)
                : new ClaimOutcome.Closed();
    }

    private static RequestIdentity IdentityOf(WaitingId id, Instant start) =>
        RequestIdentity.Of("claim", $"{id}|{start.ToUnixTimeSeconds()}", "");
}
