using NodaTime;
using NodaTime.Text;
using Rdv.Chores;
using Rdv.Ids;

namespace Rdv.Booking;

/// <summary>What offers a slot that was given back.</summary>
/// <param name="Start">UTC.</param>
internal sealed record FreedChore(string Advisor, string Place, string Start, int Minutes, string Topic)
{
    /// <param name="subject">The appointment that had the slot.</param>
    /// <param name="version">Of the appointment, after the change.</param>
    public static Chore Of(Subject subject, FreedSlot slot, int version, Instant now) => Chore.With(
        subject,
        ChoreKinds.Freed,
        now,
        version,
        new FreedChore(slot.AdvisorId.Value, slot.PlaceId.Value, InstantPattern.General.Format(slot.Start), slot.Minutes, slot.Topic));

    public static FreedSlot SlotOf(Chore chore)
    {
        var (advisor, place, start, minutes, topic) = chore.Read<FreedChore>();
        return new FreedSlot(new AdvisorId(advisor), new PlaceId(place), InstantPattern.General.Parse(start).Value, minutes, topic);
    }
}
