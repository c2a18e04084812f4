using NodaTime;
using Rdv.Booking;
using Rdv.Operations;
using Rdv.Territories;

namespace Rdv.Workshops;

/// <summary>Those who have a seat in a workshop that was moved or cancelled, and are still to be told.</summary>
/// <param name="Version">Of the workshop, after the change.</param>
/// <param name="Reason">Why it was cancelled, for those who are told.</param>
public sealed record WorkshopOperation(
    Territory Territory, WorkshopId WorkshopId, int Version, string? Reason, Instant StartedAt, IReadOnlyList<AppointmentReference> Appointments)
    : Operation(Territory, StartedAt, Appointments)
{
    public const string Owner = "workshop";

    public override string Id => $"{Owner}|{WorkshopId}-{Version}";
}
