using System.Text.Json.Serialization;
using NodaTime;
using Rdv.Chores;
using Rdv.Ids;

namespace Rdv.Workshops;

/// <summary>Those who have a seat in a workshop that was moved or cancelled, and are still to be told.</summary>
/// <param name="Reason">Why it was cancelled, for those who are told.</param>
/// <param name="Seats">The codes of their references.</param>
/// <param name="Whole">Of all sessions of a course: who is enrolled in it is told once.</param>
internal sealed record WorkshopChore(string? Reason, IReadOnlyList<string> Seats, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Whole = false)
{
    /// <param name="workshop">As it is after the change.</param>
    public static Chore Of(Workshop workshop, string? reason, IEnumerable<AppointmentReference> seats, Instant now, bool whole = false) => Chore.With(
        workshop.Id.SubjectIn(workshop.Territory),
        ChoreKinds.Workshop,
        now + Chore.InHand,
        workshop.Version,
        new WorkshopChore(reason, [.. seats.Select(reference => reference.Code)], whole));
}
