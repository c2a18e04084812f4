using NodaTime;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.Territories;

namespace Rdv.Invites;

/// <summary>Whom an invite goes to, with what is known of the territory.</summary>
/// <param name="Email">An address that mail can be sent to.</param>
/// <param name="Now">Becomes DTSTAMP.</param>
public sealed record InviteTo(TerritoryDirectory Directory, Advisor Advisor, string Email, Instant Now);

/// <summary>Hands the invites of advisors to the gateway.</summary>
public sealed class InvitePost(IMailGateway gateway, ITerritoryDirectories directories, NoteMail note, RdvSettings settings, IClock clock)
{
    public async Task<SendResult> SendAsync(
        Territory territory, PlaceId place, AdvisorId? recipient, Func<InviteTo, OutgoingMail> write, CancellationToken cancellationToken)
    {
        var directory = await directories.KnowingAsync(territory, place, recipient, cancellationToken);
        if (recipient is not { } id || !directory.Advisors.TryGetValue(id, out var advisor))
        {
            return new SendResult.Rejected("advisor-missing");
        }

        if (!InviteAddress.TryParse(advisor.Email, out var email))
        {
            return new SendResult.Rejected("no-address");
        }

        // Outlook throws away an invite whose organizer is its recipient.
        if (string.Equals(email, settings.MailFrom, StringComparison.OrdinalIgnoreCase))
        {
            return new SendResult.Rejected("recipient-is-organizer");
        }

        var result = await gateway.SendAsync(write(new InviteTo(directory, advisor, email, clock.GetCurrentInstant())), cancellationToken);
        if (result is SendResult.Sent or SendResult.Rejected)
        {
            await note.ExecuteAsync(territory, advisor, result is SendResult.Rejected, cancellationToken);
        }

        return result;
    }
}
