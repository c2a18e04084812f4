using NodaTime;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Messages;

namespace Rdv.Sms;

/// <summary>Writes the SMS about an appointment.</summary>
public sealed class SmsSender(
    SmsPost post, SameDay sameDay, IAppointmentStore appointments, ITerritoryDirectories directories, RdvSettings settings, Links links, IClock clock) : IMessageSender
{
    public Channel Channel => Channel.Sms;

    public SubjectKind About => SubjectKind.Appointment;

    public async Task<PreparedMessage?> PrepareAsync(IReadOnlyList<StoredDue> due, CancellationToken cancellationToken)
    {
        var message = due[^1].Message;
        if (message.Subject.Reference is not { } reference || await appointments.ReadAsync(reference, cancellationToken) is not { Value: var appointment })
        {
            return null;
        }

        var to = SameDay.NumberOf(appointment, message.Recipient);
        var others = await sameDay.AlsoToldAsync(due[^1], appointment, cancellationToken);
        var left = await LeftAsync(due, appointment, cancellationToken);
        return new PreparedMessage(SmsDecision.Of(due, appointment, left.Count > 0), (kind, claim, token) => post.SendAsync(
            message,
            kind,
            to,
            claim,
            async () =>
            {
                Appointment[] all = [appointment, .. others.Values];
                // A link that was changed a moment ago, elsewhere, is the one that is sent.
                var directory = Array.Exists(all, met => met.Means == Means.Video)
                    ? await directories.ReloadAsync(appointment.Territory, token)
                    : await directories.KnowingAsync(appointment.Territory, appointment.PlaceId, advisor: null, token);
                var now = clock.GetCurrentInstant();
                return all.Length > 1
                    ? SmsTexts.SameDay(all, directory, settings, message.Recipient, met => VideoRoom.Of(met, directory, now))
                    : left.Count > 0 && kind is MessageKinds.Confirmation or MessageKinds.Link
                        ? SmsTexts.ForCourse(kind, left, directory, settings, links, message.Recipient)
                        : SmsTexts.For(kind, appointment, directory, settings, links, message.Recipient, VideoRoom.Of(appointment, directory, now));
            },
            token))
        {
            Told = [.. others.Keys],
        };
    }

    /// <summary>The sessions that the person is told of with this message, by time: those that there are when it leaves. None when it tells of one alone.</summary>
    private async Task<IReadOnlyList<Appointment>> LeftAsync(IReadOnlyList<StoredDue> due, Appointment appointment, CancellationToken cancellationToken)
    {
        if (appointment is not { Enrolment: not null, TellsOfBooking: true }
            || !due.Any(row => MessageKinds.Base(row.Message.Kind) is MessageKinds.Confirmation or MessageKinds.Link))
        {
            return [];
        }

        var now = clock.GetCurrentInstant();
        var enrolled = await appointments.ReadEnrolmentAsync(appointment, cancellationToken);
        return [.. enrolled.Where(one => one.Status == AppointmentStatus.Booked && one.Start > now)];
    }
}
