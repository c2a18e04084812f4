using NodaTime;
using Rdv.Ids;
using Rdv.Transactions;

namespace Rdv.Appointments;

/// <summary>The row that finds an appointment by its citizen's number.</summary>
public sealed record PhoneEntry(PhoneIndex Index, AppointmentReference Reference, Instant Start, bool Cancelled) : IRow
{
    public static PhoneEntry Of(Appointment appointment) => new(
        appointment.PhoneIndex, appointment.Reference, appointment.Start, appointment.Status == AppointmentStatus.Cancelled);
}
