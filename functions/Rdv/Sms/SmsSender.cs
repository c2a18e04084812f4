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
        return new PreparedMessage(SmsDecision.Of(due, appointment), (kind, claim, token) => post.SendAsync(
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
                    : SmsTexts.For(kind, appointment, directory, settings, links, message.Recipient, VideoRoom.Of(appointment, directory, now));
            },
            token))
        {
            Told = [.. others.Keys],
        };
    }
}
