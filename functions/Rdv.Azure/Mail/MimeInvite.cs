using System.Text;
using MimeKit;
using NodaTime;
using Rdv.Messages;

namespace Rdv.Azure.Mail;

/// <summary>
/// A mail as Outlook and the others want it: the calendar as an alternative of the text, in base64 (Outlook reads it wrongly in
/// quoted-printable), and again as an attachment for readers that know only files.
/// </summary>
public static class MimeInvite
{
    /// <exception cref="ParseException">An address that is not one.</exception>
    public static MimeMessage Of(OutgoingMail mail, SmtpSettings settings, Instant now)
    {
        var message = new MimeMessage
        {
            Subject = mail.Subject,
            Date = now.ToDateTimeOffset(),
            MessageId = mail.MessageId,
        };
        message.From.Add(new MailboxAddress(Encoding.UTF8, settings.FromName, settings.From));
        message.To.Add(new MailboxAddress(Encoding.UTF8, mail.ToName, MailboxAddress.Parse(mail.To).Address));

        var text = new TextPart("plain") { Text = mail.Text };
        if (mail is not { Calendar: { } calendar, Method: { } method })
        {
            // RFC 3834, 5: tells other machines not to answer. Not on an invite: a calendar service that takes invites by itself is a machine
            // too, and RFC 6047, which says what an invite is made of, does not ask for it. A vacation reply is the lesser harm.
            message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
            message.Body = text;
            return message;
        }

        var file = Encoding.UTF8.GetBytes(calendar);
        var invite = new MimePart("text", "calendar")
        {
            Content = new MimeContent(new MemoryStream(file)),
            ContentTransferEncoding = ContentEncoding.Base64,
        };
        invite.ContentType.Charset = "utf-8";
        // Equals METHOD inside (RFC 6047, 2.4).
        invite.ContentType.Parameters.Add("method", method);

        var attachment = new MimePart("application", "ics")
        {
            Content = new MimeContent(new MemoryStream(file)),
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment),
            FileName = "rendez-vous.ics",
        };
        message.Body = new Multipart("mixed") { new MultipartAlternative { text, invite }, attachment };
        return message;
    }
}
