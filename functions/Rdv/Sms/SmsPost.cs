using NodaTime;
using Rdv.Messages;
using Rdv.People;

namespace Rdv.Sms;

/// <summary>Hands SMS to the gateway: so many a day to one number, each under the id of the try that is under way.</summary>
public sealed class SmsPost(ISmsGateway gateway, SmsQuota quota, IClock clock)
{
    /// <param name="kind">What is sent.</param>
    /// <param name="to">Null when there is no number any more.</param>
    /// <param name="text">Written only for an SMS that may leave.</param>
    public async Task<SendResult> SendAsync(
        DueMessage due, string kind, PhoneNumber? to, Claim claim, Func<Task<string>> text, CancellationToken cancellationToken)
    {
        if (to is not { } number)
        {
            return new SendResult.Rejected("no-number");
        }

        // A repetition of the same message is not one more, and one that has certainly not left is none.
        var today = clock.GetCurrentInstant().InZone(due.Subject.Territory.Zone).Date;
        var isOneMore = claim.At == claim.FirstSent;
        if (isOneMore && !await quota.TryTakeAsync(number, today, claim.RepeatabilityId, cancellationToken))
        {
            return new SendResult.Rejected(SendResult.Rejected.DailyLimit);
        }

        var sms = new OutgoingSms(due.Subject.Reference, kind, number, await text(), claim.RepeatabilityId, claim.FirstSent, MessageTag.Of(due));
        var result = await gateway.SendAsync(sms, cancellationToken);
        if (isOneMore && result is SendResult.Unavailable)
        {
            await quota.GiveBackAsync(number, today, claim.RepeatabilityId, cancellationToken);
        }

        return result is SendResult.Sent sent ? sent with { MayNotArrive = number.SmsMayNotArrive } : result;
    }
}
