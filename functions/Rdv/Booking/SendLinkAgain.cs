using NodaTime;
using Rdv.Appointments;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.People;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Booking;

/// <summary>
/// Sends the link of an appointment again, to the number on record and to no other. Says nothing to who asks: whether a reference
/// exists, and whether a number belongs to it, is nobody's business.
/// </summary>
public sealed class SendLinkAgain(IAppointmentStore appointments, Links links, Writer writer, IClock clock)
{
    // Who has more calls: each is an SMS.
    private const int MostOfANumber = 3;

    public static readonly Duration AtMostEvery = Duration.FromMinutes(10);

    /// <summary>The same, for who has lost the reference too: of the next appointments of the number in that territory.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task ExecuteAsync(Territory territory, string? phone, CancellationToken cancellationToken)
    {
        if (!PhoneNumber.TryParse(phone, territory, out var number) || !number.CanReceiveSms)
        {
            return;
        }

        var now = clock.GetCurrentInstant();
        var entries = new List<PhoneEntry>();
        foreach (var index in links.IndexesOf(number))
        {
            entries.AddRange(await appointments.FindByPhoneAsync(territory, index, cancellationToken));
        }

        foreach (var entry in entries.Where(entry => entry.Start > now).OrderBy(entry => entry.Start).DistinctBy(entry => entry.Reference).Take(MostOfANumber))
        {
            await ExecuteAsync(entry.Reference, phone, cancellationToken);
        }
    }

    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public Task ExecuteAsync(AppointmentReference reference, string? phone, CancellationToken cancellationToken) => writer.WriteAsync<bool>(
        reference.Territory,
        async token =>
        {
            var now = clock.GetCurrentInstant();
            if (await FindAsync(reference, now, token) is not { } appointment
                || !PhoneNumber.TryParse(phone, reference.Territory, out var number)
                || number != appointment.Citizen.Phone
                || !number.CanReceiveSms)
            {
                return false;
            }

            var history = await appointments.ReadHistoryAsync(appointment.Reference, token);
            if (history.Messages.Any(message => message.Kind == MessageKinds.Link && now - message.At < AtMostEvery))
            {
                return false;
            }

            // The log row is written with the message, so that the next request sees it before it has left.
            var message = new DueMessage(Channel.Sms, now, appointment.Reference, MessageKinds.Link, Recipient.Citizen, appointment.Version, appointment.Start);
            return new Decision<bool>.Write(
                [
                    new RowWrite.Insert(message),
                    new RowWrite.Put(new MessageLog(
                        appointment.Reference, message.Channel, message.Kind, message.Recipient, message.Version, now, MessageState.Due)),
                ],
                true);
        },
        cancellationToken);

    /// <summary>What is still to come: of a course, whose first reference is the one that people keep, the next session.</summary>
    private async Task<Appointment?> FindAsync(AppointmentReference reference, Instant now, CancellationToken cancellationToken)
    {
        if (await appointments.ReadAsync(reference, cancellationToken) is not { } stored)
        {
            return null;
        }

        return IsToCome(stored.Value) ? stored.Value
            : (await appointments.ReadEnrolmentAsync(stored.Value, cancellationToken)).FirstOrDefault(IsToCome);

        bool IsToCome(Appointment appointment) => appointment.Status == AppointmentStatus.Booked && appointment.Start > now;
    }
}
