using Rdv.Directory;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Booking;

/// <summary>Whose row stands under the reference that a request draws.</summary>
public enum RowOwner
{
    Nobody,
    Ours,
    OursWithAnotherBody,
    SomeoneElses,
}

/// <summary>Recognises the appointment that a request has made: it was repeated, or its answer was lost.</summary>
public sealed class OwnBookings(IAppointmentStore appointments)
{
    /// <returns>The owner of the row, and the appointment when it is ours.</returns>
    public async Task<(RowOwner Owner, Appointment? Appointment)> RecogniseAsync(
        AppointmentReference reference, RequestIdentity request, CancellationToken cancellationToken)
    {
        var stored = await appointments.ReadAsync(reference, cancellationToken);
        return stored?.Value switch
        {
            null => (RowOwner.Nobody, null),
            { Request: var identity } ours when identity == request => (RowOwner.Ours, ours),
            { Request: var identity } when identity.Nonce == request.Nonce => (RowOwner.OursWithAnotherBody, null),
            _ => (RowOwner.SomeoneElses, null),
        };
    }

    /// <returns>The first answer to this very request, or a mismatch; null when it was never answered.</returns>
    public async Task<BookOutcome?> FindRepeatedAsync(
        Territory territory, RequestIdentity request, TerritoryDirectory directory, CancellationToken cancellationToken)
    {
        for (var draw = 0; draw < Retries.MaxAttempts; draw++)
        {
            switch (await RecogniseAsync(AppointmentReference.Derive(territory, request.Nonce, draw), request, cancellationToken))
            {
                case (RowOwner.Ours, { } ours):
                    return new BookOutcome.Booked(ours, directory, Repeated: true);
                case (RowOwner.OursWithAnotherBody, _):
                    return new BookOutcome.IdempotencyMismatch();
                case (RowOwner.Nobody, _):
                    return null;
            }

            // Someone else's: the first request met it too, and drew the next one.
        }

        return null;
    }
}
