using NodaTime;
using Rdv.Ids;

namespace Rdv.Directory;

/// <summary>A conseiller numérique.</summary>
/// <param name="DisplayName">What citizens read.</param>
/// <param name="Email">Where invites go; null when unknown.</param>
/// <param name="Topics">The topic ids that the advisor teaches; empty for all.</param>
/// <param name="HoursVersion">Rises at each change of <paramref name="Hours"/>; months touched by the change carry it.</param>
/// <param name="LeavesOn">No slot from that day.</param>
public sealed record Advisor(
    AdvisorId Id,
    StructureId StructureId,
    string DisplayName,
    string? Email,
    string? Phone,
    IReadOnlyList<string> Topics,
    IReadOnlyList<OpeningHours> Hours,
    int HoursVersion = 1,
    LocalDate? LeavesOn = null) : IDirectoryRow
{
    public bool Teaches(string topic) => Topics.Count == 0 || Topics.Contains(topic);
}
