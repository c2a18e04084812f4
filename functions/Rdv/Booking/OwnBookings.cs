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

    /// <summary>The references of what is booked with the first, in the same order every time.</summary>
    /// <param name="mayBeTaken">Something has stood in the way: it may have been one of them.</param>
    public async Task<IReadOnlyList<(AppointmentReference Reference, RequestIdentity Identity)>> FurtherAsync(
        BookingRequest request, int count, bool mayBeTaken, CancellationToken cancellationToken)
    {
        var free = new List<(AppointmentReference, RequestIdentity)>();
        for (var further = 1; further <= count; further++)
        {
            var identity = request.Request with { Nonce = $"{request.Request.Nonce}|{further}" };
            var draw = 0;
            var reference = AppointmentReference.Derive(request.Territory, identity.Nonce);
            while (mayBeTaken && await appointments.ReadAsync(reference, cancellationToken) is not null)
            {
                reference = ++draw < MaxDraws
                    ? AppointmentReference.Derive(request.Territory, identity.Nonce, draw)
                    : throw new ContendedException("Every reference of the request is someone else's.");
            }

            free.Add((reference, identity));
        }

        return free;
    }
}
