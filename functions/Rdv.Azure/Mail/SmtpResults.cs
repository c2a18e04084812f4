using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Rdv.Messages;

namespace Rdv.Azure.Mail;

/// <summary>What an SMTP failure says of a mail. Reasons carry reply codes and never the server's words, which repeat addresses.</summary>
internal static class SmtpResults
{
    /// <summary>"Service not available, closing transmission channel" (RFC 5321, 3.8), at any step.</summary>
    public const int ServiceClosing = 421;

    /// <summary>The server answered, so the mail has certainly not left.</summary>
    public static SendResult Of(SmtpCommandException refused)
    {
        var code = (int)refused.StatusCode;
        return refused.ErrorCode switch
        {
            // It is our own address or our login that is refused: no fault of this recipient, and the next mail would fare the same.
            SmtpErrorCode.SenderNotAccepted => new SendResult.Unavailable($"smtp-sender-{code}"),
            _ when code is >= 500 and < 600 => new SendResult.Rejected($"smtp-{code}"),
            // A full mailbox, or greylisting: the next mail may fare better.
            SmtpErrorCode.RecipientNotAccepted => new SendResult.Unavailable($"smtp-{code}", OneRecipient: true),
            _ => new SendResult.Unavailable($"smtp-{code}"),
        };
    }

    /// <param name="bodyStarted">Whether any of the message had been written when the connection failed: the server may have taken it.</param>
    public static SendResult Of(Exception exception, bool bodyStarted) => exception switch
    {
        SmtpCommandException refused => Of(refused),
        // An address with letters that the server cannot take (RFC 6531).
        NotSupportedException => new SendResult.Rejected("smtp-address"),
        AuthenticationException => new SendResult.Unavailable("smtp-login"),
        SslHandshakeException => new SendResult.Unavailable("smtp-tls"),
        _ when bodyStarted => new SendResult.Unknown("smtp-lost"),
        OperationCanceledException or TimeoutException => new SendResult.Unavailable("smtp-timeout"),
        SocketException socket => new SendResult.Unavailable($"smtp-{socket.SocketErrorCode}"),
        _ => new SendResult.Unavailable($"smtp-{exception.GetType().Name}"),
    };

    public static bool IsLostConnection(Exception exception) =>
        exception is IOException or SocketException or ProtocolException or CommandException or ServiceNotConnectedException or TimeoutException;
}
