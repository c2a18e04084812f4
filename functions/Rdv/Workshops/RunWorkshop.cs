using NodaTime;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Chores;
using Rdv.Ids;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Workshops;

/// <summary>Brings every seat in line with its workshop, and tells who has it.</summary>
public sealed class RunWorkshop(
    IWorkshopStore workshops, IAppointmentStore appointments, IChoreStore chores, CancelAppointment cancel, Writer writer, IClock clock) : IChoreHandler
{
    private static readonly Access.ByStaff Staff = new(Actor.Advisor);

    public string Kind => ChoreKinds.Workshop;

    public async Task<bool> RunAsync(Chore chore, CancellationToken cancellationToken)
    {
        var (reason, seats) = chore.Read<WorkshopChore>();
        foreach (var code in seats)
        {
            if (!await FollowAsync(chore, AppointmentReference.OfCode(chore.Subject.Territory, code), reason, cancellationToken))
            {
                return false;
            }
        }

        await writer.WriteAsync<bool>(
            chore.Subject.Territory,
            async token => await chores.IsPendingAsync(chore, token) ? new Decision<bool>.Write([new RowWrite.Delete(chore)], true) : true,
            cancellationToken);
        return true;
    }

    private async Task<bool> FollowAsync(Chore chore, AppointmentReference reference, string? reason, CancellationToken cancellationToken)
    {
        var territory = chore.Subject.Territory;
        var isCancelled = await writer.WriteAsync<bool>(
            territory,
            async token =>
            {
                // The appointment first: a run that is late finds it changed, and does not bring it back to where the workshop was.
                if (await appointments.ReadAsync(reference, token) is not { Value: { Status: AppointmentStatus.Booked } appointment, ETag: var etag }
                    || await workshops.ReadAsync(territory, new WorkshopId(chore.Subject.Code), token) is not { Value: var workshop })
                {
                    return false;
                }

                if (workshop.IsCancelled || (appointment.Start == workshop.Start && appointment.PlaceId == workshop.PlaceId))
                {
                    return workshop.IsCancelled;
                }

                var now = clock.GetCurrentInstant();
                var moved = appointment with
                {
                    Version = appointment.Version + 1,
                    CitizenVersion = appointment.Version + 1,
                    Start = workshop.Start,
                    PlaceId = workshop.PlaceId,
                };
                return new Decision<bool>.Write(
                    [
                        new RowWrite.Replace(moved, etag),
                        new RowWrite.Put(PhoneEntry.Of(moved)),
                        .. Changes.Rows(moved, ChangeActions.Moved, Actor.Advisor, MessagePlan.ForMove(appointment, moved, now), now),
                    ],
                    false);
            },
            cancellationToken);
        if (isCancelled.Value)
        {
            await cancel.ExecuteAsync(reference, Staff, reason, cancellationToken);
        }

        return true;
    }
}
