using Rdv.Booking;
using Rdv.Directory;
using Rdv.Transactions;

namespace Rdv.Absences;

/// <summary>
/// Cancels or reassigns the appointments inside an absence, each in its own transaction, then says that all is done. May be run again at
/// any point, by anyone, even twice at once: each step is done once.
/// </summary>
public sealed class RunAbsence(
    IAbsenceStore absences, IAppointmentStore appointments, CancelAppointment cancel, MoveAppointment move, ITransactions transactions)
{
    private static readonly Access.ByStaff Staff = new(Actor.Advisor);

    /// <returns>The absence with what became of its appointments; null when it could not be finished now, and will be later.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Absence?> ExecuteAsync(AbsenceOperation operation, CancellationToken cancellationToken)
    {
        if (await absences.FindAsync(operation.Territory, operation.Owner, operation.AbsenceId, cancellationToken) is not { } absence)
        {
            // The absence was taken back meanwhile: what is not done yet need not be, but for seats. Their workshop was cancelled with the
            // absence and stays so.
            foreach (var reference in operation.Appointments)
            {
                if (await appointments.ReadAsync(reference, cancellationToken) is { Value: { Seat: not null, Status: AppointmentStatus.Booked } })
                {
                    await cancel.ExecuteAsync(reference, Staff, reason: null, cancellationToken);
                }
            }

            await transactions.CommitAsync(operation.Territory, [new RowWrite.Delete(operation)], cancellationToken);
            return null;
        }

        var away = absence.Advisors.ToHashSet();
        foreach (var reference in operation.Appointments)
        {
            if (!await HandleAsync(operation, absence, reference, cancellationToken))
            {
                return null;
            }
        }

        // Counted from what is true, not from what this run did: an earlier run may have done a part.
        var cancelled = new List<AppointmentReference>();
        var reassigned = new List<AppointmentReference>();
        foreach (var reference in operation.Appointments)
        {
            switch ((await appointments.ReadAsync(reference, cancellationToken))?.Value)
            {
                case { Status: AppointmentStatus.Cancelled }:
                    cancelled.Add(reference);
                    break;
                case { } appointment when !away.Contains(appointment.AdvisorId):
                    reassigned.Add(reference);
                    break;
            }
        }

        var done = absence with { Cancelled = cancelled, Reassigned = reassigned };
        var outcome = await transactions.CommitAsync(
            operation.Territory, [new RowWrite.Delete(operation), new RowWrite.Replace(done, ETag: null)], cancellationToken);
        return outcome == CommitOutcome.Unknown ? null : done;
    }

    private async Task<bool> HandleAsync(AbsenceOperation operation, Absence absence, AppointmentReference reference, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Retries.MaxAttempts; attempt++)
        {
            if (await appointments.ReadAsync(reference, cancellationToken) is not { Value: { Status: AppointmentStatus.Booked } appointment }
                || !absence.Covers(appointment))
            {
                // It is done, or the citizen has moved it out of the way meanwhile.
                return true;
            }

            if (operation.Mode == InsideMode.Reassign)
            {
                switch ((await move.ExecuteAsync(
                    new MoveRequest(reference, Staff, appointment.Start, null, null, null, appointment.Version, Except: appointment.AdvisorId), cancellationToken)).Refusal)
                {
                    case null or Refusal.TooLate or Refusal.NotFound:
                        return true;
                    case Refusal.Stale:
                        continue;
                }
            }

            if ((await cancel.ExecuteAsync(reference, Staff, absence.Reason, cancellationToken, appointment.Version)).Refusal is not Refusal.Stale)
            {
                return true;
            }
        }

        return false;
    }
}
