using Rdv.Directory;
using Rdv.Ids;

namespace Rdv.Staff;

/// <summary>What a role is about has to be in the directory: a letter that is wrong would open nothing, and nobody would know why.</summary>
internal static class StaffPlaces
{
    /// <returns>What is missing, in French; null when nothing is.</returns>
    public static string? ProblemOf(StaffRole role, TerritoryDirectory directory) => role.Kind switch
    {
        StaffRoleKind.Advisor when !directory.Advisors.ContainsKey(new AdvisorId(role.Id!)) =>
            $"Le conseiller « {role.Id} » n'est pas dans l'annuaire du département {role.Territory} : importez d'abord les conseillers.",
        StaffRoleKind.Structure when !directory.Structures.ContainsKey(new StructureId(role.Id!)) =>
            $"La structure « {role.Id} » n'est pas dans l'annuaire du département {role.Territory} : importez d'abord les structures.",
        _ => null,
    };
}
