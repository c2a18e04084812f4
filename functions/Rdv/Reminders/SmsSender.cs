using NodaTime;
using Rdv.Booking;
using Rdv.Dispatch;

namespace Rdv.Reminders;

/// <summary>Writes and sends SMS.</summary>
public sealed class SmsSender(ISmsGateway gateway, SmsQuota quota, RdvSettings settings, Links links, IClock clock) : IMessageSender
{
    public Channel Channel => Channel.Sms;

    public MessageDecision Decide(IReadOnlyList<StoredDue> due, Appointment appointment) => SmsDecision.Of(due, appointment);

    public Task<SendResult> SendAsync(MessageToSend message, CancellationToken cancellationToken)
    {
        var appointment = message.Appointment;
        var number = message.Recipient == Recipient.Helper ? appointment.Helper?.Phone : appointment.Citizen.Phone;
        if (number is not { } to)
        {
            return Task.FromResult<SendResult>(new SendResult.Rejected("no-number"));
        }

        // A repetition of the same message is not one more.
        var today = clock.GetCurrentInstant().InZone(appointment.Territory.Zone).Date;
        if (message.Claim.At == message.Claim.FirstSent && !quota.TryTake(to, today))
        {
            return Task.FromResult<SendResult>(new SendResult.Rejected("daily-limit"));
        }

        var text = SmsTexts.For(message.Kind, appointment, message.Directory, settings, links, message.Recipient);
        return gateway.SendAsync(
            new OutgoingSms(appointment.Reference, message.Kind, to, text, message.Claim.RepeatabilityId, message.Claim.FirstSent), cancellationToken);
    }
}
