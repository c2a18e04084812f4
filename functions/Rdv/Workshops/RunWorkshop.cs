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
        var (reason, seats, whole) = chore.Read<WorkshopChore>();
        var done = new HashSet<string>();
        foreach (var code in seats.Where(code => !done.Contains(code)))
        {
            var cancelled = await FollowAsync(chore, AppointmentReference.OfCode(chore.Subject.Territory, code), reason, whole, cancellationToken);
            done.UnionWith(cancelled?.Enrolment?.References(chore.Subject.Territory).Select(reference => reference.Code) ?? []);
        }

        await writer.WriteAsync<bool>(
            chore.Subject.Territory,
            async token => await chores.IsPendingAsync(chore, token) ? new Decision<bool>.Write([new RowWrite.Delete(chore)], true) : true,
            cancellationToken);
        return true;
    }

    /// <returns>What was cancelled, if anything was, with its whole enrolment.</returns>
    private async Task<Appointment?> FollowAsync(
        Chore chore, AppointmentReference reference, string? reason, bool whole, CancellationToken cancellationToken)
    {
        var territory = chore.Subject.Territory;
        var isCancelled = await writer.WriteAsync<bool>(
            territory,
            async token =>
            {
                // Both are conditions of the write: a run that is late finds one of them changed, and brings no seat to where the workshop was.
                if (await appointments.ReadAsync(reference, token) is not { Value: { Status: AppointmentStatus.Booked } appointment, ETag: var etag }
                    || appointment.Seat is not { } seat
                    || await workshops.ReadAsync(territory, seat.Id, token) is not { Value: var workshop, ETag: var version })
                {
                    return false;
                }

                if (workshop.IsCancelled || (appointment.Start == workshop.Start && appointment.PlaceId == workshop.PlaceId && appointment.AdvisorId == workshop.AdvisorId))
                {
                    return workshop.IsCancelled;
                }

                var now = clock.GetCurrentInstant();
                var moved = appointment with
                {
                    Version = appointment.Version + 1,
                    // The second advisor who has it alone now is nothing to those who come.
                    CitizenVersion = appointment.Start == workshop.Start && appointment.PlaceId == workshop.PlaceId
                        ? appointment.CitizenVersion
                        : appointment.Version + 1,
                    Start = workshop.Start,
                    PlaceId = workshop.PlaceId,
                    AdvisorId = workshop.AdvisorId,
                    StructureId = workshop.StructureId,
                };
                return new Decision<bool>.Write(
                    [
                        new RowWrite.Replace(moved, etag),
                        new RowWrite.Replace(workshop, version),
                        new RowWrite.Put(PhoneEntry.Of(moved)),
                        .. Changes.Rows(moved, ChangeActions.Moved, Actor.Advisor, MessagePlan.ForMove(appointment, moved, now), now),
                    ],
                    false);
            },
            cancellationToken);
        return isCancelled.Value && (await cancel.ExecuteAsync(reference, Staff, reason, cancellationToken, whole: whole)).Succeeded(out var done) && whole
            ? done.Appointment
            : null;
    }
}
