using NodaTime;
using Rdv.Azure.Mail;
using Rdv.Local.Dev;
using Rdv.Messages;

namespace Rdv.Local.Gateways;

/// <summary>Sends mails for real, to the mail catcher, and keeps what left for the page of a demonstration.</summary>
public sealed class RecordingMailGateway(SmtpMailGateway smtp, Outbox outbox, IClock clock) : IMailGateway
{
    public async Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var result = await smtp.SendAsync(mail, cancellationToken);
        if (result is SendResult.Sent)
        {
            var text = mail.Calendar is null ? mail.Text : $"{mail.Text}\n\n{mail.Calendar}";
            outbox.Add(new OutboxMessage("mail", mail.To, text, clock.GetCurrentInstant(), mail.Kind, mail.Reference?.ToString(), mail.Subject));
        }

        return result;
    }
}
