using Rdv.Appointments;
using Rdv.Ids;
using Rdv.Messages;

namespace Rdv.Invites;

/// <summary>Writes the invites of appointments.</summary>
public sealed class InviteSender(InvitePost post, InviteMail mails, IAppointmentStore appointments) : IMessageSender
{
    public Channel Channel => Channel.Mail;

    public SubjectKind About => SubjectKind.Appointment;

    public async Task<PreparedMessage?> PrepareAsync(IReadOnlyList<StoredDue> due, CancellationToken cancellationToken)
    {
        var message = due[^1].Message;
        return message.Subject.Reference is { } reference && await appointments.ReadAsync(reference, cancellationToken) is { Value: var appointment }
            ? new PreparedMessage(InviteDecision.Of(due, appointment), (kind, _, token) => post.SendAsync(
                appointment.Territory, appointment.PlaceId, message.Recipient.AdvisorId, to => mails.Build(kind, appointment, to), token))
            : null;
    }
}
