using NodaTime;
using Rdv.Booking;
using Rdv.Operations;
using Rdv.Territories;

namespace Rdv.Absences;

/// <summary>What an absence still has to do with the appointments inside it.</summary>
public sealed record AbsenceOperation(
    Territory Territory, AbsenceOwner Owner, string AbsenceId, InsideMode Mode, Instant StartedAt, IReadOnlyList<AppointmentReference> Appointments)
    : Operation(Territory, StartedAt, Appointments)
{
    public override string Id => $"{Owner.Value}|{AbsenceId}";
}
