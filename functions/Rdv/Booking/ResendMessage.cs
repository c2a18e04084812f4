using NodaTime;
using Rdv.Dispatch;
using Rdv.Hotline;
using Rdv.Transactions;

namespace Rdv.Booking;

public abstract record ResendOutcome
{
    private ResendOutcome()
    {
    }

    /// <param name="ByCall">The number gets no SMS: it became a call to make.</param>
    public sealed record Resent(Appointment Appointment, bool ByCall) : ResendOutcome;

    public sealed record NotFound : ResendOutcome;

    /// <summary>It has begun: there is nothing useful to say any more.</summary>
    public sealed record TooLate : ResendOutcome;

    /// <summary>It was sent again a moment ago.</summary>
    public sealed record TooMany(Duration RetryAfter) : ResendOutcome;

    public sealed record Busy : ResendOutcome;
}

/// <summary>
/// Sends the citizen the last message again, with what is true now: for someone on the telephone who has not got it, or has lost it. It is a
/// message of its own in the log, which names who asked.
/// </summary>
public sealed class ResendMessage(IAppointmentStore appointments, ITransactions transactions, IClock clock)
{
    /// <summary>Longer than an SMS takes; short enough to try again in the same call.</summary>
    public static readonly Duration AtMostEvery = Duration.FromMinutes(2);

    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<ResendOutcome> ExecuteAsync(AppointmentReference reference, Actor by, CancellationToken cancellationToken)
    {
        var nonce = Guid.NewGuid().ToString("N");
        var now = clock.GetCurrentInstant();
        for (var attempt = 1; attempt <= Retries.MaxAttempts; attempt++)
        {
            if (await appointments.ReadAsync(reference, cancellationToken) is not { Value: var appointment })
            {
                return new ResendOutcome.NotFound();
            }

            if (appointment.Start <= now || appointment.Status is not (AppointmentStatus.Booked or AppointmentStatus.Cancelled))
            {
                return new ResendOutcome.TooLate();
            }

            var byCall = !appointment.Citizen.Phone.CanReceiveSms;
            var told = (await appointments.ReadHistoryAsync(reference, cancellationToken)).Messages
                .Where(message => message.Channel == Channel.Sms && message.Recipient == Recipient.Citizen)
                .OrderBy(message => message.At)
                .ToList();
            if (told.LastOrDefault(message => MessageKinds.IsAgain(message.Kind)) is { } last && last.At + AtMostEvery is var free && free > now)
            {
                return last.Nonce == nonce ? new ResendOutcome.Resent(appointment, byCall) : new ResendOutcome.TooMany(free - now);
            }

            if (await transactions.CommitAsync(reference.Territory, Rows(appointment, told, by, nonce, byCall, now), cancellationToken) == CommitOutcome.Committed)
            {
                return new ResendOutcome.Resent(appointment, byCall);
            }

            await Retries.PauseAsync(attempt, cancellationToken);
        }

        return new ResendOutcome.Busy();
    }

    private static List<RowWrite> Rows(Appointment appointment, List<MessageLog> told, Actor by, string nonce, bool byCall, Instant now)
    {
        var version = appointment.CitizenVersion;
        var kind = KindOf(appointment, told);

        // The first free number: of two operators at once, one is refused and reads what the other did.
        var number = 2 + told.Count(message => message.Version == version && MessageKinds.IsAgain(message.Kind) && MessageKinds.Base(message.Kind) == kind);
        var message = new DueMessage(
            Channel.Sms, now, appointment.Reference, MessageKinds.Again(kind, number), Recipient.Citizen, version, appointment.Start);
        var log = new MessageLog(
            message.Subject, message.Channel, message.Kind, message.Recipient, version, now, MessageState.Due, By: by, Nonce: nonce);
        return byCall
            ?
            [
                new RowWrite.Insert(log with { State = MessageState.Failed, Reason = CallReasons.Landline }),
                new RowWrite.Put(CallToMake.Of(appointment.Reference, CallReasons.Landline, kind, now, version)),
            ]
            : [new RowWrite.Insert(log), new RowWrite.Insert(message)];
    }

    /// <summary>The last that was sent, unless it is true no more.</summary>
    private static string KindOf(Appointment appointment, List<MessageLog> told) => appointment.Status == AppointmentStatus.Cancelled
        ? MessageKinds.Cancellation
        : told.LastOrDefault(message => message.Known is not (MessageState.Due or MessageState.Superseded)) is { } last
            && MessageKinds.Base(last.Kind) is var kind and not MessageKinds.Link
                ? kind
                : MessageKinds.Confirmation;
}
