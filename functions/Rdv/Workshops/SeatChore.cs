using NodaTime;
using Rdv.Chores;
using Rdv.Ids;

namespace Rdv.Workshops;

/// <summary>What offers a seat that was given back.</summary>
/// <param name="Workshop">Where.</param>
internal sealed record SeatChore(string Workshop)
{
    /// <param name="subject">The appointment that had the seat.</param>
    /// <param name="version">Of the appointment, after the change.</param>
    public static Chore Of(Subject subject, WorkshopId workshop, int version, Instant now) =>
        Chore.With(subject, ChoreKinds.Seat, now, version, new SeatChore(workshop.Value));

    public static WorkshopId WorkshopOf(Chore chore) => new(chore.Read<SeatChore>().Workshop);
}
