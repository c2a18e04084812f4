using NodaTime;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Dispatch;

namespace Rdv.Reminders;

/// <summary>Writes and sends the SMS about an appointment.</summary>
public sealed class SmsSender(
    ISmsGateway gateway,
    SmsQuota quota,
    IAppointmentStore appointments,
    ITerritoryDirectories directories,
    RdvSettings settings,
    Links links,
    IClock clock) : IMessageSender
{
    public Channel Channel => Channel.Sms;

    public SubjectKind About => SubjectKind.Appointment;

    public async Task<IPreparedMessage?> PrepareAsync(IReadOnlyList<StoredDue> due, CancellationToken cancellationToken) =>
        await AppointmentMessage.ReadAsync(due[^1].Message, appointments, directories, cancellationToken) is { } message
            ? new Prepared(this, due[^1].Message, message, SmsDecision.Of(due, message.Appointment))
            : null;

    private async Task<SendResult> SendAsync(string kind, DueMessage due, AppointmentMessage message, Claim claim, CancellationToken cancellationToken)
    {
        var appointment = message.Appointment;
        var number = message.Recipient == Recipient.Helper ? appointment.Helper?.Phone : appointment.Citizen.Phone;
        if (number is not { } to)
        {
            return new SendResult.Rejected("no-number");
        }

        // A repetition of the same message is not one more.
        var today = clock.GetCurrentInstant().InZone(appointment.Territory.Zone).Date;
        if (claim.At == claim.FirstSent && !quota.TryTake(to, today))
        {
            return new SendResult.Rejected("daily-limit");
        }

        var text = SmsTexts.For(kind, appointment, await message.DirectoryAsync(cancellationToken), settings, links, message.Recipient);
        var result = await gateway.SendAsync(
            new OutgoingSms(appointment.Reference, kind, to, text, claim.RepeatabilityId, claim.FirstSent, MessageTag.Of(due)), cancellationToken);
        return result is SendResult.Sent sent ? sent with { MayNotArrive = to.SmsMayNotArrive } : result;
    }

    private sealed record Prepared(SmsSender Sender, DueMessage Due, AppointmentMessage Message, MessageDecision Decision) : IPreparedMessage
    {
        public Task<SendResult> SendAsync(Claim claim, CancellationToken cancellationToken) =>
            Sender.SendAsync(((MessageDecision.Send)Decision).Kind, Due, Message, claim, cancellationToken);
    }
}
