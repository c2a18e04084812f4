using NodaTime;
using Rdv.Appointments;
using Rdv.Ids;

namespace Rdv.Booking;

/// <summary>Finds the appointment that a request has made, when it comes once more: a double click, a retry, or a link opened again.</summary>
public sealed class OwnBookings(IAppointmentStore appointments)
{
    // Each is 35 bits of the request's own nonce: nobody meets two that are taken.
    private const int MaxDraws = 24;

    /// <param name="createdAt">When the caller itself began: an appointment of that very instant is no repetition.</param>
    /// <returns>The first answer to this very request, or a mismatch; null with the first reference that is free when it was never answered.</returns>
    public async Task<(Result<Booked>? Answer, AppointmentReference Free)> FindAsync(
        BookingRequest request, Instant createdAt, CancellationToken cancellationToken)
    {
        for (var draw = 0; draw < MaxDraws; draw++)
        {
            var reference = AppointmentReference.Derive(request.Territory, request.Request.Nonce, draw);
            switch ((await appointments.ReadAsync(reference, cancellationToken))?.Value)
            {
                case null:
                    return (null, reference);
                case { Request: var identity } ours when identity == request.Request:
                    return (new Booked(ours, Repeated: ours.CreatedAt != createdAt), reference);
                case { Request: var identity } when identity.Nonce == request.Request.Nonce:
                    return (new Refusal.IdempotencyMismatch(), reference);
            }

            // Someone else's: the first request met it too, and drew the next one.
        }

        throw new ContendedException("Every reference of the request is someone else's.");
    }
}
