using NodaTime;
using Rdv.Booking;
using Rdv.Dispatch;

namespace Rdv.Invites;

/// <summary>Writes and sends the invites of advisors.</summary>
public sealed class InviteSender(IMailGateway gateway, InviteMail mails, IClock clock) : IMessageSender
{
    public Channel Channel => Channel.Mail;

    public MessageDecision Decide(IReadOnlyList<StoredDue> due, Appointment appointment) => InviteDecision.Of(due, appointment);

    public async Task<SendResult> SendAsync(MessageToSend message, CancellationToken cancellationToken)
    {
        if (message.Recipient.AdvisorId is not { } id || !message.Directory.Advisors.TryGetValue(id, out var advisor))
        {
            return new SendResult.Rejected("advisor-missing");
        }

        return mails.Build(message.Kind, message.Appointment, message.Directory, advisor, clock.GetCurrentInstant()) switch
        {
            InviteMailOutcome.Built built => await gateway.SendAsync(built.Mail, cancellationToken),
            InviteMailOutcome.NoAddress => new SendResult.Rejected("no-address"),
            InviteMailOutcome.RecipientIsOrganizer => new SendResult.Rejected("recipient-is-organizer"),
            _ => throw new InvalidOperationException("An outcome without an answer."),
        };
    }
}
