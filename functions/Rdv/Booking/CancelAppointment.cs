using NodaTime;
using Rdv.Appointments;
using Rdv.Chores;
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
public sealed class CancelAppointment(IAppointmentStore appointments, IEnumerable<IBookable> bookables, Writer writer, Links links, RdvSettings settings, IClock clock)
{
    /// <param name="version">When given, the version that the caller saw.</param>
    /// <param name="callBack">The hotline calls the person as well, to look for another hour.</param>
    /// <param name="whole">
    /// With all that is still to come of its enrolment, in one transaction and with one message, wherever in the course the appointment stands.
    /// Makes no difference to one that was booked alone.
    /// </param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<Cancelled>> ExecuteAsync(
        AppointmentReference reference, Access access, string? reason, CancellationToken cancellationToken, int? version = null, bool whole = false, bool callBack = false)
    {
        var errors = new FieldErrors();
        var checkedReason = PeopleForm.CheckText(reason, "reason", PeopleForm.MaxText, errors);
        return errors.Any
            ? new Refusal.Invalid(errors)
            : await writer.WriteAsync<Cancelled>(reference.Territory, DecideAsync, cancellationToken);

        async Task<Decision<Cancelled>> DecideAsync(CancellationToken token)
        {
            if (await appointments.ReadAsync(reference, token) is not { } stored || !access.Opens(stored.Value, links))
            {
                return new Refusal.NotFound();
            }

            var appointment = stored.Value;
            var now = clock.GetCurrentInstant();
            var isWhole = whole && appointment.Enrolment is not null;
            var toCome = (isWhole ? await appointments.ReadEnrolmentAsync(stored, token) : [stored])
                .Where(one => one.Value.Status == AppointmentStatus.Booked && one.Value.Start > now)
                .ToList();
            if (toCome.Count == 0)
            {
                return appointment.Status == AppointmentStatus.Cancelled ? new Cancelled(appointment, Repeated: true) : new Refusal.TooLate();
            }

            if (version is not null && version != appointment.Version)
            {
                return new Refusal.Stale();
            }

            if (await bookables.Single(bookable => bookable.IsTaken(toCome[0].Value)).GiveBackAsync([.. toCome.Select(one => one.Value)], now, token) is not { } given)
            {
                return new Decision<Cancelled>.ReadAgain();
            }

            var cancelled = toCome.ConvertAll(one => one with { Value = CancelledFrom(one.Value, isWhole) });
            return new Decision<Cancelled>.Write(
                [
                    .. given,
                    .. cancelled.SelectMany((one, index) => Rows(one, isTold: index == 0, now)),
                    .. FreedSlot.Rows(toCome[0].Value, cancelled[0].Value.Version, now),
                ],
                new Cancelled(cancelled.Select(one => one.Value).FirstOrDefault(one => one.Reference == reference) ?? appointment, Repeated: false));
        }

        Appointment CancelledFrom(Appointment appointment, bool isWhole) => appointment with
        {
            Status = AppointmentStatus.Cancelled,
            Version = appointment.Version + 1,
            CitizenVersion = appointment.Version + 1,
            CancelledBy = access.Actor,
            CancelReason = checkedReason,
            IsWholeCancelled = isWhole,

            // Nobody goes there any more: where somebody lives is forgotten at once.
            Home = null,
        };

        // Of an enrolment, the person is told once: with the next session that they would have come to.
        IEnumerable<RowWrite> Rows(Stored<Appointment> stored, bool isTold, Instant now) =>
        [
            new RowWrite.Replace(stored.Value, stored.ETag),
            new RowWrite.Put(PhoneEntry.Of(stored.Value)),
            .. Changes.Rows(
                stored.Value, ChangeActions.Cancelled, access.Actor, isTold ? MessagePlan.ForCancellation(stored.Value, now, callBack) : MessagePlan.Nothing, now),

            // The day that finds the others when their person is to be forgotten no longer names it.
            new RowWrite.Put(new Chore(stored.Value.Reference, ChoreKinds.Forget, stored.Value.Start + Duration.FromDays(settings.PrivacyDays), Version: 0)),
        ];
    }
}
