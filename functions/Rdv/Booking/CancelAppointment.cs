using NodaTime;
using Rdv.Appointments;
using Rdv.Ids;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Booking;

/// <param name="Repeated">It had been cancelled before: nothing changed.</param>
public sealed record Cancelled(Appointment Appointment, bool Repeated);

/// <summary>
/// Cancels: the day gives its time back, the appointment keeps its row, and the messages are made due, in one transaction.
/// Reminders that are waiting stay: they are judged when they are due.
/// </summary>
public sealed class CancelAppointment(IAppointmentStore appointments, IEnumerable<IBookable> bookables, Writer writer, Links links, IClock clock)
{
    /// <param name="version">When given, the version that the caller saw.</param>
    /// <param name="callBack">The hotline calls the person as well, to look for another hour.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<Cancelled>> ExecuteAsync(
        AppointmentReference reference, Access access, string? reason, CancellationToken cancellationToken, int? version = null, bool callBack = false)
    {
        var errors = new FieldErrors();
        var checkedReason = PeopleForm.CheckText(reason, "reason", PeopleForm.MaxText, errors);
        return errors.Any
            ? new Refusal.Invalid(errors)
            : await writer.WriteAsync<Cancelled>(reference.Territory, DecideAsync, cancellationToken);

        async Task<Decision<Cancelled>> DecideAsync(CancellationToken token)
        {
            if (await appointments.ReadAsync(reference, token) is not { Value: var appointment, ETag: var etag } || !access.Opens(appointment, links))
            {
                return new Refusal.NotFound();
            }

            var now = clock.GetCurrentInstant();
            if (appointment.Status == AppointmentStatus.Cancelled)
            {
                return new Cancelled(appointment, Repeated: true);
            }

            if (appointment.Status != AppointmentStatus.Booked || appointment.Start <= now)
            {
                return new Refusal.TooLate();
            }

            if (version is not null && version != appointment.Version)
            {
                return new Refusal.Stale();
            }

            if (await bookables.Single(bookable => bookable.IsTaken(appointment)).GiveBackAsync(appointment, now, token) is not { } given)
            {
                return new Decision<Cancelled>.ReadAgain();
            }

            var cancelled = appointment with
            {
                Status = AppointmentStatus.Cancelled,
                Version = appointment.Version + 1,
                CitizenVersion = appointment.Version + 1,
                CancelledBy = access.Actor,
                CancelReason = checkedReason,

                // Nobody goes there any more: where somebody lives is forgotten at once.
                Home = null,
            };
            return new Decision<Cancelled>.Write(
                [
                    .. given,
                    new RowWrite.Replace(cancelled, etag),
                    new RowWrite.Put(PhoneEntry.Of(cancelled)),
                    .. Changes.Rows(cancelled, ChangeActions.Cancelled, access.Actor, MessagePlan.ForCancellation(cancelled, now, callBack), now),
                    .. FreedSlot.Rows(appointment, cancelled.Version, now),
                ],
                new Cancelled(cancelled, Repeated: false));
        }
    }
}
