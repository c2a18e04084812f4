using NodaTime;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Dispatch;

namespace Rdv.Invites;

/// <summary>Writes and sends the invites of advisors.</summary>
public sealed class InviteSender(
    IMailGateway gateway, InviteMail mails, IAppointmentStore appointments, ITerritoryDirectories directories, IClock clock) : IMessageSender
{
    public Channel Channel => Channel.Mail;

    public SubjectKind About => SubjectKind.Appointment;

    public async Task<IPreparedMessage?> PrepareAsync(IReadOnlyList<StoredDue> due, CancellationToken cancellationToken) =>
        await AppointmentMessage.ReadAsync(due[^1].Message, appointments, directories, cancellationToken) is { } message
            ? new Prepared(this, message, InviteDecision.Of(due, message.Appointment))
            : null;

    private async Task<SendResult> SendAsync(string kind, AppointmentMessage message, CancellationToken cancellationToken)
    {
        var directory = await message.DirectoryAsync(cancellationToken);
        if (message.Recipient.AdvisorId is not { } id || !directory.Advisors.TryGetValue(id, out var advisor))
        {
            return new SendResult.Rejected("advisor-missing");
        }

        return mails.Build(kind, message.Appointment, directory, advisor, clock.GetCurrentInstant()) switch
        {
            InviteMailOutcome.Built built => await gateway.SendAsync(built.Mail, cancellationToken),
            InviteMailOutcome.NoAddress => new SendResult.Rejected("no-address"),
            InviteMailOutcome.RecipientIsOrganizer => new SendResult.Rejected("recipient-is-organizer"),
            _ => throw new InvalidOperationException("An outcome without an answer."),
        };
    }

    private sealed record Prepared(InviteSender Sender, AppointmentMessage Message, MessageDecision Decision) : IPreparedMessage
    {
        public Task<SendResult> SendAsync(Claim claim, CancellationToken cancellationToken) =>
            Sender.SendAsync(((MessageDecision.Send)Decision).Kind, Message, cancellationToken);
    }
}
