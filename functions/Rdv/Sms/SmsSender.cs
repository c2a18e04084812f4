using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Messages;

namespace Rdv.Sms;

/// <summary>Writes the SMS about an appointment.</summary>
public sealed class SmsSender(
    SmsPost post, SameDay sameDay, IAppointmentStore appointments, ITerritoryDirectories directories, RdvSettings settings, Links links) : IMessageSender
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
            async () => await directories.KnowingAsync(appointment.Territory, appointment.PlaceId, advisor: null, token) is var directory && others.Count > 0
                ? SmsTexts.SameDay([appointment, .. others.Values], directory, settings, message.Recipient)
                : SmsTexts.For(kind, appointment, directory, settings, links, message.Recipient),
            token))
        {
            Told = [.. others.Keys],
        };
    }
}
