using NodaTime;
using Rdv.Booking;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Operations;

/// <summary>
/// What a change still has to do with appointments: too many for one transaction. It is written with the change, and goes away when
/// all is done; whoever finds one that nobody is working on takes it up again.
/// </summary>
public abstract record Operation(Territory Territory, Instant StartedAt, IReadOnlyList<AppointmentReference> Appointments) : IRow
{
    /// <summary>Unique in the territory.</summary>
    public abstract string Id { get; }
}
