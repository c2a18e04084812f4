using NodaTime;
using Rdv.Messages;

namespace Rdv.Appointments;

/// <summary>When the reminders of an appointment leave.</summary>
public static class ReminderTimes
{
    /// <param name="told">When the citizen was told of this start.</param>
    public static ReminderTime Of(Appointment appointment, Instant told) =>
        new(appointment.Territory, appointment.Start, told, appointment.PhoneIndex.Hash);
}
