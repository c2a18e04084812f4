using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.Waiting;

namespace Rdv.Sms;

/// <summary>Writes the SMS that tells someone who waits of a freed slot.</summary>
public sealed class FreedSmsSender(
    SmsPost post,
    IWaitingStore waiting,
    FreeOffers offers,
    StillWaiting stillWaiting,
    ITerritoryDirectories directories,
    RdvSettings settings,
    Links links) : IMessageSender
{
    public Channel Channel => Channel.Sms;

    public SubjectKind About => SubjectKind.Waiting;

    /// <summary>Nothing is sent about a slot that somebody has taken, nor to someone who has booked or waits no more.</summary>
    public async Task<PreparedMessage?> PrepareAsync(IReadOnlyList<StoredDue> due, CancellationToken cancellationToken)
    {
        var message = due[^1].Message;
        return WaitingId.TryFromCode(message.Subject.Territory, message.Subject.Code, out var id)
            && await waiting.FindAsync(id, cancellationToken) is { Value: var person }
            && person.Offers.FirstOrDefault(offer => offer.Number == message.Version) is { } offer
            && await offers.IsFreeAsync(person, offer, cancellationToken)
            && await stillWaiting.FindAsync(person, cancellationToken) is { } standing && standing.IsHelpedBy(offer.Start, person.Territory)
                ? new PreparedMessage(new MessageDecision.Send(message.Kind), (kind, claim, token) => post.SendAsync(
                    message,
                    kind,
                    person.Citizen.Phone,
                    claim,
                    async () => SmsTexts.Freed(person, offer, await directories.GetAsync(person.Territory, token), settings, links, standing.Workshop?.Session is not null),
                    token))
                : PreparedMessage.Nothing;
    }
}
