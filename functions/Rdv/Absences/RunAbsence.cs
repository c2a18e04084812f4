using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Chores;
using Rdv.Ids;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Absences;

/// <summary>Cancels or reassigns the appointments inside an absence, each in its own transaction, then says that all is done.</summary>
public sealed class RunAbsence(
    IAbsenceStore absences, IAppointmentStore appointments, IChoreStore chores, CancelAppointment cancel, MoveAppointment move, Writer writer) : IChoreHandler
{
    // Somebody who changes an appointment at the same time has changed it by the second try; more are left to the next run.
    private const int MaxTries = 3;

    private static readonly Access.ByStaff Staff = new(Actor.Advisor);

    public string Kind => ChoreKinds.Absence;

    public async Task<bool> RunAsync(Chore chore, CancellationToken cancellationToken)
    {
        var data = chore.Read<AbsenceChore>();
        var references = data.Appointments.Select(code => AppointmentReference.OfCode(chore.Subject.Territory, code)).ToList();
        var absence = (await FindAsync(chore, data, cancellationToken))?.Value;
        foreach (var reference in references)
        {
            if (!await (absence is null
                ? CancelSeatAsync(reference, cancellationToken)
                : FollowAsync(data, absence, reference, cancellationToken)))
            {
                return false;
            }
        }

        await FinishAsync(chore, data, await CountAsync(references, cancellationToken), cancellationToken);
        return true;
    }

    /// <returns>Null when it was taken back.</returns>
    private async Task<Stored<Absence>?> FindAsync(Chore chore, AbsenceChore data, CancellationToken cancellationToken) =>
        await absences.FindAsync(chore.Subject.Territory, new AbsenceOwner(data.Owner), chore.Subject.Code, cancellationToken) is { Value.IsTakenBack: false } stored
            ? stored
            : null;

    /// <summary>
    /// The absence was taken back meanwhile: what is not done yet need not be, but for seats. Their workshop was cancelled with the absence
    /// and stays so.
    /// </summary>
    private async Task<bool> CancelSeatAsync(AppointmentReference reference, CancellationToken cancellationToken)
    {
        if (await appointments.ReadAsync(reference, cancellationToken) is { Value: { Seat: not null, Status: AppointmentStatus.Booked } })
        {
            await cancel.ExecuteAsync(reference, Staff, reason: null, cancellationToken);
        }

        return true;
    }

    private async Task<bool> FollowAsync(AbsenceChore data, Absence absence, AppointmentReference reference, CancellationToken cancellationToken)
    {
        for (var tries = 1; tries <= MaxTries; tries++)
        {
            if (await appointments.ReadAsync(reference, cancellationToken) is not { Value: { Status: AppointmentStatus.Booked } appointment }
                || !absence.Covers(appointment))
            {
                // It is done, or the citizen has moved it out of the way meanwhile.
                return true;
            }

            if (data.Mode == InsideMode.Reassign)
            {
                switch ((await move.ExecuteAsync(
                    new MoveRequest(reference, Staff, appointment.Start, null, data.Colleague, null, appointment.Version, Except: appointment.AdvisorId), cancellationToken)).Refusal)
                {
                    case null or Refusal.TooLate or Refusal.NotFound:
                        return true;
                    case Refusal.Stale:
                        continue;
                }
            }

            if ((await cancel.ExecuteAsync(reference, Staff, absence.Reason, cancellationToken, appointment.Version, callBack: data.Mode == InsideMode.CallBack)).Refusal is not Refusal.Stale)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>From what is true, not from what this run did: an earlier run may have done a part.</summary>
    private async Task<IReadOnlyList<Appointment>> CountAsync(IEnumerable<AppointmentReference> references, CancellationToken cancellationToken)
    {
        var found = new List<Appointment>();
        foreach (var reference in references)
        {
            if (await appointments.ReadAsync(reference, cancellationToken) is { Value: var appointment })
            {
                found.Add(appointment);
            }
        }

        return found;
    }

    private Task<Result<bool>> FinishAsync(Chore chore, AbsenceChore data, IReadOnlyList<Appointment> inside, CancellationToken cancellationToken) =>
        writer.WriteAsync<bool>(
            chore.Subject.Territory,
            async token =>
            {
                if (!await chores.IsPendingAsync(chore, token))
                {
                    return true;
                }

                if (await FindAsync(chore, data, token) is not { Value: var absence, ETag: var etag })
                {
                    return new Decision<bool>.Write([new RowWrite.Delete(chore)], true);
                }

                var done = absence with
                {
                    Cancelled = [.. inside.Where(appointment => appointment.Status == AppointmentStatus.Cancelled).Select(appointment => appointment.Reference)],
                    Reassigned =
                    [
                        .. inside.Where(appointment => appointment.Status != AppointmentStatus.Cancelled && !absence.Advisors.Contains(appointment.AdvisorId))
                            .Select(appointment => appointment.Reference),
                    ],
                };
                return new Decision<bool>.Write([new RowWrite.Delete(chore), new RowWrite.Replace(done, etag)], true);
            },
            cancellationToken);
}
