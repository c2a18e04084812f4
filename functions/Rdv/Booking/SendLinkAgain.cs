using NodaTime;
using Rdv.Appointments;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Booking;

/// <summary>
/// Sends the link of an appointment again, to the number on record and to no other. Says nothing to who asks: whether a reference
/// exists, and whether a number belongs to it, is nobody's business.
/// </summary>
public sealed class SendLinkAgain(IAppointmentStore appointments, Writer writer, IClock clock)
{
    public static readonly Duration AtMostEvery = Duration.FromMinutes(10);

    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public Task ExecuteAsync(AppointmentReference reference, string? phone, CancellationToken cancellationToken) => writer.WriteAsync<bool>(
        reference.Territory,
        async token =>
        {
            if (await appointments.ReadAsync(reference, token) is not { Value: { Status: AppointmentStatus.Booked } appointment }
                || !PhoneNumber.TryParse(phone, reference.Territory, out var number)
                || number != appointment.Citizen.Phone
                || !number.CanReceiveSms)
            {
                return false;
            }

            var now = clock.GetCurrentInstant();
            var history = await appointments.ReadHistoryAsync(reference, token);
            if (now >= appointment.Start || history.Messages.Any(message => message.Kind == MessageKinds.Link && now - message.At < AtMostEvery))
            {
                return false;
            }

            // The log row is written with the message, so that the next request sees it before it has left.
            var message = new DueMessage(Channel.Sms, now, reference, MessageKinds.Link, Recipient.Citizen, appointment.Version, appointment.Start);
            return new Decision<bool>.Write(
                [
                    new RowWrite.Insert(message),
                    new RowWrite.Put(new MessageLog(
                        reference, message.Channel, message.Kind, message.Recipient, message.Version, now, MessageState.Due)),
                ],
                true);
        },
        cancellationToken);
}
