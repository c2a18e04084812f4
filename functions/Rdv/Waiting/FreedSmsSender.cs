using NodaTime;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Dispatch;
using Rdv.Reminders;

namespace Rdv.Waiting;

/// <summary>Writes and sends the SMS that tells someone who waits of a freed slot.</summary>
public sealed class FreedSmsSender(
    ISmsGateway gateway,
    SmsQuota quota,
    IWaitingStore waiting,
    FreeOffers offers,
    BookedMeanwhile bookedMeanwhile,
    ITerritoryDirectories directories,
    RdvSettings settings,
    Links links,
    IClock clock) : IMessageSender
{
    public Channel Channel => Channel.Sms;

    public SubjectKind About => SubjectKind.Waiting;

    /// <summary>Nothing is sent about a slot that somebody has taken, nor to someone who has booked or waits no more.</summary>
    public async Task<IPreparedMessage?> PrepareAsync(IReadOnlyList<StoredDue> due, CancellationToken cancellationToken)
    {
        var message = due[^1].Message;
        return WaitingId.TryFromCode(message.Subject.Territory, message.Subject.Code, out var id)
            && await waiting.FindAsync(id, cancellationToken) is { Value: var person }
            && person.Offers.FirstOrDefault(offer => offer.Number == message.Version) is { } offer
            && await offers.IsFreeAsync(person, offer, cancellationToken)
            && !await bookedMeanwhile.HasAsync(person, cancellationToken)
                ? new Prepared(this, person, offer, new MessageDecision.Send(message.Kind))
                : new Nothing();
    }

    private async Task<SendResult> SendAsync(string kind, WaitingPerson person, Offer offer, Claim claim, CancellationToken cancellationToken)
    {
        var to = person.Citizen.Phone;
        var today = clock.GetCurrentInstant().InZone(person.Territory.Zone).Date;

        // A repetition of the same message is not one more.
        if (claim.At == claim.FirstSent && !quota.TryTake(to, today))
        {
            return new SendResult.Rejected("daily-limit");
        }

        var directory = await directories.GetAsync(person.Territory, cancellationToken);
        var text = SmsTexts.Freed(person, offer, directory, settings, links);
        return await gateway.SendAsync(new OutgoingSms(null, kind, to, text, claim.RepeatabilityId, claim.FirstSent), cancellationToken);
    }

    private sealed record Prepared(FreedSmsSender Sender, WaitingPerson Person, Offer Offer, MessageDecision Decision) : IPreparedMessage
    {
        public Task<SendResult> SendAsync(Claim claim, CancellationToken cancellationToken) =>
            Sender.SendAsync(((MessageDecision.Send)Decision).Kind, Person, Offer, claim, cancellationToken);
    }

    private sealed record Nothing : IPreparedMessage
    {
        public MessageDecision Decision { get; } = new MessageDecision.Drop();

        public Task<SendResult> SendAsync(Claim claim, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("There is nothing to send.");
    }
}
