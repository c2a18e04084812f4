using NodaTime;
using Rdv.Agenda;
using Rdv.Dispatch;
using Rdv.People;
using Rdv.Transactions;
using Rdv.Waiting;
using Rdv.Workshops;

namespace Rdv.Booking;

public abstract record CancelOutcome
{
    private CancelOutcome()
    {
    }

    /// <param name="Repeated">It had been cancelled before: nothing changed.</param>
    public sealed record Cancelled(Appointment Appointment, bool Repeated) : CancelOutcome;

    public sealed record NotFound : CancelOutcome;

    /// <summary>It has started, or its outcome is known.</summary>
    public sealed record TooLate(Appointment Appointment) : CancelOutcome;

    /// <summary>Somebody has changed it since the caller saw it.</summary>
    public sealed record Stale : CancelOutcome;

    public sealed record Invalid(FieldErrors Errors) : CancelOutcome;

    public sealed record Busy : CancelOutcome;
}

/// <summary>
/// Cancels: the day gives its time back, the appointment keeps its row, and the messages are made due, in one transaction.
/// Reminders that are waiting stay: they are judged when they are due.
/// </summary>
public sealed class CancelAppointment(
    IAppointmentStore appointments, IAgendaStore agenda, GiveSeatBack giveSeatBack, ITransactions transactions, Links links, IClock clock)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public Task<CancelOutcome> ExecuteAsync(AppointmentReference reference, Access access, string? reason, CancellationToken cancellationToken) =>
        ExecuteAsync(reference, access, reason, null, cancellationToken);

    /// <param name="version">When given, the version that the caller saw.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<CancelOutcome> ExecuteAsync(
        AppointmentReference reference, Access access, string? reason, int? version, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var checkedReason = PeopleForm.CheckText(reason, "reason", PeopleForm.MaxText, errors);
        if (errors.Any)
        {
            return new CancelOutcome.Invalid(errors);
        }

        for (var attempt = 1; attempt <= Retries.MaxAttempts; attempt++)
        {
            if (await appointments.ReadAsync(reference, cancellationToken) is not { Value: var appointment, ETag: var etag }
                || !access.Opens(appointment, links))
            {
                return new CancelOutcome.NotFound();
            }

            var now = clock.GetCurrentInstant();
            switch (appointment.Status)
            {
                case AppointmentStatus.Cancelled:
                    return new CancelOutcome.Cancelled(appointment, Repeated: attempt == 1);
                case AppointmentStatus.Booked when appointment.Start > now:
                    break;
                default:
                    return new CancelOutcome.TooLate(appointment);
            }

            if (version is not null && version != appointment.Version)
            {
                return new CancelOutcome.Stale();
            }

            if (await (appointment.Seat is { } seat
                ? giveSeatBack.RowsAsync(appointment, seat, now, cancellationToken)
                : TimeAsync(appointment, cancellationToken)) is not { } given)
            {
                await Retries.PauseAsync(attempt, cancellationToken);
                continue;
            }

            var cancelled = appointment with
            {
                Status = AppointmentStatus.Cancelled,
                Version = appointment.Version + 1,
                CitizenVersion = appointment.Version + 1,
                CancelledBy = access.Actor,
                CancelReason = checkedReason,
            };
            var outcome = await transactions.CommitAsync(
                reference.Territory,
                [
                    .. given,
                    new RowWrite.Replace(cancelled, etag),
                    new RowWrite.Put(PhoneEntry.Of(cancelled)),
                    .. Changes.Rows(cancelled, ChangeActions.Cancelled, access.Actor, MessagePlan.ForCancellation(cancelled, now), now),
                    .. FreedSlot.Rows(appointment, cancelled.Version, now),
                ],
                cancellationToken);
            if (outcome == CommitOutcome.Committed)
            {
                return new CancelOutcome.Cancelled(cancelled, Repeated: false);
            }

            await Retries.PauseAsync(attempt, cancellationToken);
        }

        return new CancelOutcome.Busy();
    }

    private async Task<IReadOnlyList<RowWrite>?> TimeAsync(Appointment appointment, CancellationToken cancellationToken)
    {
        var date = appointment.LocalStart.Date;
        var month = await agenda.ReadMonthAsync(appointment.Territory, appointment.AdvisorId, date.ToYearMonth(), cancellationToken);
        var day = month.Day(date);
        return
        [
            month.Write(new Dictionary<int, DayAgenda> { [date.Day] = day.Without(appointment.Reference.Code) with { Cancelled = day.Cancelled + 1 } },
                month.HoursVersion),
        ];
    }
}
