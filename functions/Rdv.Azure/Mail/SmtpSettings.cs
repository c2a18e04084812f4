namespace Rdv.Azure.Mail;

/// <summary>Where mail leaves.</summary>
/// <param name="User">Null when the server asks for none.</param>
/// <param name="From">Sender of the mails and ORGANIZER of the invites.</param>
/// <param name="RequireTls">STARTTLS, or TLS at once on port 465. False only for a mail catcher on the same machine.</param>
public sealed record SmtpSettings(
    string Host, int Port, string? User, string? Password, string From, string FromName, bool RequireTls)
{
    /// <summary>How long the server may take for a mail, or to greet: below the minutes of RFC 5321 (4.5.3.2), so that a run can end.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    // A record would print the password.
    public override string ToString() => $"{Host}:{Port}";
}
