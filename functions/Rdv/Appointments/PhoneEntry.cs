using NodaTime;
using Rdv.Ids;
using Rdv.Transactions;

namespace Rdv.Appointments;

/// <summary>The row that finds an appointment by its citizen's number.</summary>
/// <param name="Enrolment">The first code of the enrolment of which it is a part; null for what was booked alone.</param>
public sealed record PhoneEntry(PhoneIndex Index, AppointmentReference Reference, Instant Start, bool Cancelled, string? Enrolment = null) : IRow
{
    public static PhoneEntry Of(Appointment appointment) => new(
        appointment.PhoneIndex, appointment.Reference, appointment.Start, appointment.Status == AppointmentStatus.Cancelled, appointment.Enrolment?.First);
}
