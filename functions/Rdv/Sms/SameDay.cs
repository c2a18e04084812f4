using Rdv.Appointments;
using Rdv.Messages;
using Rdv.People;

namespace Rdv.Sms;

/// <summary>Finds what else one person has on the day that a reminder is about: one SMS tells of all.</summary>
public sealed class SameDay(IAppointmentStore appointments)
{
    /// <returns>By what is due about them; most often empty. One point read for each that is due in the very same second.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<IReadOnlyDictionary<DueMessage, Appointment>> AlsoToldAsync(StoredDue reminder, Appointment appointment, CancellationToken cancellationToken)
    {
        var told = new Dictionary<DueMessage, Appointment>();
        foreach (var message in reminder.Beside)
        {
            if (message.Subject.Reference is { } reference
                && await appointments.ReadAsync(reference, cancellationToken) is { Value: { Status: AppointmentStatus.Booked } other }
                && other.CitizenVersion == message.Version
                && other.LocalStart.Date == appointment.LocalStart.Date
                && NumberOf(other, message.Recipient) is { } number
                && number == NumberOf(appointment, message.Recipient)
                && (message.Recipient == Recipient.Citizen || other.Citizen.Phone == appointment.Citizen.Phone))
            {
                told[message] = other;
            }
        }

        return told;
    }

    internal static PhoneNumber? NumberOf(Appointment appointment, Recipient recipient) =>
        recipient == Recipient.Helper ? appointment.Helper?.Phone : appointment.Citizen.Phone;
}
