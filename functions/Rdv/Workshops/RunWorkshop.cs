using NodaTime;
using Rdv.Booking;
using Rdv.Dispatch;
using Rdv.Transactions;

namespace Rdv.Workshops;

/// <summary>
/// Brings every seat in line with its workshop, and tells who has it. May be run again at any point, by anyone, even twice at once: each
/// step is done once.
/// </summary>
public sealed class RunWorkshop(
    IWorkshopStore workshops, IAppointmentStore appointments, CancelAppointment cancel, ITransactions transactions, IClock clock)
{
    private static readonly Access.ByStaff Staff = new(Actor.Advisor);

    /// <returns>False when it could not be finished now, and will be later.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<bool> ExecuteAsync(WorkshopOperation operation, CancellationToken cancellationToken)
    {
        foreach (var reference in operation.Appointments)
        {
            if (!await FollowAsync(operation, reference, cancellationToken))
            {
                return false;
            }
        }

        return await transactions.CommitAsync(operation.Territory, [new RowWrite.Delete(operation)], cancellationToken) != CommitOutcome.Unknown;
    }

    private async Task<bool> FollowAsync(WorkshopOperation operation, AppointmentReference reference, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Retries.MaxAttempts; attempt++)
        {
            // Read each time: the workshop may have changed again meanwhile, and what is true now is what people are told.
            if (await workshops.ReadAsync(operation.Territory, operation.WorkshopId, cancellationToken) is not { Value: var workshop }
                || await appointments.ReadAsync(reference, cancellationToken) is not { Value: { Status: AppointmentStatus.Booked } appointment, ETag: var etag })
            {
                return true;
            }

            if (workshop.IsCancelled)
            {
                await cancel.ExecuteAsync(reference, Staff, operation.Reason, cancellationToken);
                return true;
            }

            if (appointment.Start == workshop.Start && appointment.PlaceId == workshop.PlaceId)
            {
                return true;
            }

            var now = clock.GetCurrentInstant();
            var moved = appointment with
            {
                Version = appointment.Version + 1,
                CitizenVersion = appointment.Version + 1,
                Start = workshop.Start,
                PlaceId = workshop.PlaceId,
            };
            var outcome = await transactions.CommitAsync(
                operation.Territory,
                [
                    new RowWrite.Replace(moved, etag),
                    new RowWrite.Put(PhoneEntry.Of(moved)),
                    .. Changes.Rows(moved, ChangeActions.Moved, Actor.Advisor, MessagePlan.ForMove(appointment, moved, now), now),
                ],
                cancellationToken);
            if (outcome == CommitOutcome.Committed)
            {
                return true;
            }

            await Retries.PauseAsync(attempt, cancellationToken);
        }

        return false;
    }
}
