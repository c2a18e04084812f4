using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Ids;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Booking;

/// <summary>Says who came. May be corrected afterwards.</summary>
public sealed class MarkOutcome(IAppointmentStore appointments, IAgendaStore agenda, Writer writer, IClock clock)
{
    /// <param name="advisor">The advisor whose appointment it has to be.</param>
    /// <param name="kept">False when the person did not come.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public Task<Result<Appointment>> ExecuteAsync(AppointmentReference reference, AdvisorId advisor, bool kept, CancellationToken cancellationToken)
    {
        var status = kept ? AppointmentStatus.Kept : AppointmentStatus.Missed;
        return writer.WriteAsync<Appointment>(reference.Territory, DecideAsync, cancellationToken);

        async Task<Decision<Appointment>> DecideAsync(CancellationToken token)
        {
            if (await appointments.ReadAsync(reference, token) is not { Value: var appointment, ETag: var etag } || appointment.AdvisorId != advisor)
            {
                return new Refusal.NotFound();
            }

            if (appointment.Status == status)
            {
                return appointment;
            }

            if (appointment.Status == AppointmentStatus.Cancelled)
            {
                return new Refusal.TooLate();
            }

            var now = clock.GetCurrentInstant();
            if (appointment.Start > now)
            {
                return new Refusal.Invalid("outcome", "Ce rendez-vous n'a pas encore commencé.");
            }

            var date = appointment.LocalStart.Date;
            var month = await agenda.ReadMonthAsync(reference.Territory, advisor, date.ToYearMonth(), token);
            var day = month.Day(date);
            if (day.Find(appointment.Seat?.Id.Value ?? reference.Code) is { } entry)
            {
                var isKept = kept || await IsKeptByAnotherAsync(entry, appointment, token);
                day = day.Replacing(entry with { Outcome = isKept ? EntryOutcome.Kept : EntryOutcome.Missed });
            }

            var marked = appointment with { Status = status };
            return new Decision<Appointment>.Write(
                [
                    month.Write(date, day),
                    new RowWrite.Replace(marked, etag),
                    new RowWrite.Put(new ChangeLog(
                        reference, marked.Version, now, kept ? ChangeActions.Kept : ChangeActions.Missed, Actor.Advisor, [])),
                ],
                marked);
        }
    }

    /// <summary>A workshop counts once, and has taken place as soon as one person came.</summary>
    private async Task<bool> IsKeptByAnotherAsync(AgendaEntry entry, Appointment appointment, CancellationToken cancellationToken)
    {
        if (entry is not { Kind: EntryKind.Workshop, Outcome: EntryOutcome.Kept } || appointment.Status != AppointmentStatus.Kept)
        {
            return entry is { Kind: EntryKind.Workshop, Outcome: EntryOutcome.Kept };
        }

        // It was said by mistake that this one came. Whoever says of another meanwhile writes to the same month.
        var others = await Task.WhenAll(entry.ReferencesIn(appointment.Territory)
            .Where(other => other != appointment.Reference)
            .Select(other => appointments.ReadAsync(other, cancellationToken)));
        return Array.Exists(others, other => other?.Value.Status == AppointmentStatus.Kept);
    }
}
