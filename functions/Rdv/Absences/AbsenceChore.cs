using System.Text.Json.Serialization;
using NodaTime;
using Rdv.Chores;
using Rdv.Ids;

namespace Rdv.Absences;

/// <summary>What an absence still has to do with the appointments inside it.</summary>
/// <param name="Appointments">The codes of their references.</param>
/// <param name="Colleague">The only one who may take over; null for any.</param>
internal sealed record AbsenceChore(
    string Owner,
    [property: JsonConverter(typeof(JsonStringEnumConverter<InsideMode>))] InsideMode Mode,
    IReadOnlyList<string> Appointments,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Colleague = null)
{
    /// <summary>More codes would not fit the property of a row.</summary>
    public const int MaxAppointments = 2_500;

    public static Chore Of(Absence absence, InsideMode mode, AdvisorId? colleague, IEnumerable<AppointmentReference> inside, Instant now) => Chore.With(
        new Subject(absence.Territory, absence.Id),
        ChoreKinds.Absence,
        now + Chore.InHand,
        version: 0,
        new AbsenceChore(absence.Owner.Value, mode, [.. inside.Select(reference => reference.Code)], colleague?.Value));
}
