using NodaTime;
using Rdv.Agenda;
using Rdv.Transactions;

namespace Rdv.Booking;

public abstract record MarkOutcomeResult
{
    private MarkOutcomeResult()
    {
    }

    public sealed record Marked(Appointment Appointment) : MarkOutcomeResult;

    public sealed record NotFound : MarkOutcomeResult;

    /// <summary>It has not begun yet.</summary>
    public sealed record TooEarly : MarkOutcomeResult;

    /// <summary>It was cancelled.</summary>
    public sealed record Cancelled : MarkOutcomeResult;

    public sealed record Busy : MarkOutcomeResult;
}

/// <summary>Says who came. May be corrected afterwards.</summary>
public sealed class MarkOutcome(IAppointmentStore appointments, IAgendaStore agenda, ITransactions transactions, IClock clock)
{
    /// <param name="advisor">The advisor whose appointment it has to be.</param>
    /// <param name="kept">False when the person did not come.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<MarkOutcomeResult> ExecuteAsync(
        AppointmentReference reference, Directory.AdvisorId advisor, bool kept, CancellationToken cancellationToken)
    {
        var status = kept ? AppointmentStatus.Kept : AppointmentStatus.Missed;
        for (var attempt = 1; attempt <= Retries.MaxAttempts; attempt++)
        {
            if (await appointments.ReadAsync(reference, cancellationToken) is not { Value: var appointment, ETag: var etag } || appointment.AdvisorId != advisor)
            {
                return new MarkOutcomeResult.NotFound();
            }

            if (appointment.Status == status)
            {
                return new MarkOutcomeResult.Marked(appointment);
            }

            if (appointment.Status == AppointmentStatus.Cancelled)
            {
                return new MarkOutcomeResult.Cancelled();
            }

            var now = clock.GetCurrentInstant();
            if (appointment.Start > now)
            {
                return new MarkOutcomeResult.TooEarly();
            }

            var date = appointment.LocalStart.Date;
            var month = await agenda.ReadMonthAsync(reference.Territory, advisor, date.ToYearMonth(), cancellationToken);
            var marked = appointment with { Status = status };
            var day = month.Day(date);
            day = day with
            {
                Entries = [.. day.Entries.Select(entry => entry.Id == (appointment.Seat?.Id.Value ?? reference.Code)
                    ? entry with { Outcome = OutcomeOf(entry, kept) }
                    : entry)],
            };
            var outcome = await transactions.CommitAsync(
                reference.Territory,
                [
                    month.Write(new Dictionary<int, DayAgenda> { [date.Day] = day }, month.HoursVersion),
                    new RowWrite.Replace(marked, etag),
                    new RowWrite.Put(new ChangeLog(
                        reference, marked.Version, now, kept ? ChangeActions.Kept : ChangeActions.Missed, Actor.Advisor, [])),
                ],
                cancellationToken);
            if (outcome == CommitOutcome.Committed)
            {
                return new MarkOutcomeResult.Marked(marked);
            }

            await Retries.PauseAsync(attempt, cancellationToken);
        }

        return new MarkOutcomeResult.Busy();
    }

    // A workshop counts once, and has taken place as soon as one person came.
    private static EntryOutcome OutcomeOf(AgendaEntry entry, bool kept) =>
        kept || (entry.Kind == EntryKind.Workshop && entry.Outcome == EntryOutcome.Kept) ? EntryOutcome.Kept : EntryOutcome.Missed;
}
