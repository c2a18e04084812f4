using NodaTime;
using Rdv.Appointments;
using Rdv.Calls;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Booking;

/// <param name="ByCall">The number gets no SMS: it became a call to make.</param>
public sealed record Resent(Appointment Appointment, bool ByCall);

/// <summary>
/// Sends the citizen the last message again, with what is true now: for someone on the telephone who has not got it, or has lost it. It is a
/// message of its own in the log, which names who asked.
/// </summary>
public sealed class ResendMessage(IAppointmentStore appointments, Writer writer, IClock clock)
{
    /// <summary>Longer than an SMS takes; short enough to try again in the same call.</summary>
    public static readonly Duration AtMostEvery = Duration.FromMinutes(2);

    /// <summary>So often of one version: what ten SMS have not told, an eleventh does not.</summary>
    public const int MaxTimes = 10;

    /// <returns>Refused are what has begun, since there is nothing useful to say any more, and what was sent again a moment ago.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public Task<Result<Resent>> ExecuteAsync(AppointmentReference reference, Actor by, CancellationToken cancellationToken) => writer.WriteAsync<Resent>(
        reference.Territory,
        async token =>
        {
            if (await appointments.ReadAsync(reference, token) is not { Value: { ForgottenAt: null } appointment })
            {
                return new Refusal.NotFound();
            }

            var now = clock.GetCurrentInstant();
            if (appointment.Start <= now || appointment.Status is not (AppointmentStatus.Booked or AppointmentStatus.Cancelled))
            {
                return new Refusal.TooLate();
            }

            var told = (await appointments.ReadHistoryAsync(reference, token)).Messages
                .Where(message => message.Channel == Channel.Sms && message.Recipient == Recipient.Citizen)
                .OrderBy(message => message.At)
                .ToList();
            if (told.LastOrDefault(message => MessageKinds.IsAgain(message.Kind)) is { } last && last.At + AtMostEvery is var free && free > now)
            {
                return new Refusal.TooMany(free - now);
            }

            if (told.Count(message => message.Version == appointment.CitizenVersion && MessageKinds.IsAgain(message.Kind)) >= MaxTimes)
            {
                return new Refusal.TooMany(Message: $"Ce message est déjà parti {MaxTimes} fois de nouveau. Lisez-le à la personne au téléphone.");
            }

            var byCall = !appointment.Citizen.Phone.CanReceiveSms;
            return new Decision<Resent>.Write(Rows(appointment, told, by, byCall, now), new Resent(appointment, byCall));
        },
        cancellationToken);

    private static List<RowWrite> Rows(Appointment appointment, List<MessageLog> told, Actor by, bool byCall, Instant now)
    {
        var version = appointment.CitizenVersion;
        var kind = KindOf(appointment, told);

        // The first free number: of two operators at once, one is refused and reads what the other did.
        var number = 2 + told.Count(message => message.Version == version && MessageKinds.IsAgain(message.Kind) && MessageKinds.Base(message.Kind) == kind);
        var message = new DueMessage(
            Channel.Sms, now, appointment.Reference, MessageKinds.Again(kind, number), Recipient.Citizen, version, appointment.Start);
        var log = new MessageLog(
            message.Subject, message.Channel, message.Kind, message.Recipient, version, now, MessageState.Due, By: by);
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
