using NodaTime;
using Rdv.Booking;
using Rdv.Territories;

namespace Rdv.Absences;

/// <summary>
/// What an absence still has to do with the appointments inside it: too many for one transaction. It is written with the absence, and
/// goes away when all is done; whoever finds one that nobody is working on takes it up again.
/// </summary>
public sealed record Operation(
    Territory Territory, AbsenceOwner Owner, string AbsenceId, InsideMode Mode, Instant StartedAt, IReadOnlyList<AppointmentReference> Appointments)
{
    public string Id => $"{Owner.Value}|{AbsenceId}";
}
