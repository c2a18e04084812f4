using Rdv.Directory;
using Rdv.Ids;
using Rdv.Staff;

namespace Rdv.Functions.Staff;

/// <summary>A role as people read it, with the name of whom or what it is about.</summary>
internal sealed class RoleWords(ITerritoryDirectories directories)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<string> OfAsync(StaffRole role, CancellationToken cancellationToken)
    {
        var directory = role is { Territory: { } territory, Id: not null } ? await directories.GetAsync(territory, cancellationToken) : null;
        return role.Kind switch
        {
            StaffRoleKind.Hotline => "Accueil téléphonique",
            StaffRoleKind.Admin => "Administration",
            StaffRoleKind.Territory => $"Suivi du département {role.Territory}",
            StaffRoleKind.Structure => $"Structure\u00a0: {directory?.Structures.GetValueOrDefault(new StructureId(role.Id!))?.ShownName ?? role.Id} ({role.Territory})",
            _ => $"Conseiller\u00a0: {directory?.Advisors.GetValueOrDefault(new AdvisorId(role.Id!))?.DisplayName ?? role.Id} ({role.Territory})",
        };
    }

    /// <summary>The first page of a role.</summary>
    public static string HomeOf(StaffRole role) => role.Kind switch
    {
        StaffRoleKind.Hotline => "/hotline",
        StaffRoleKind.Admin => "/gestion/equipe",
        StaffRoleKind.Advisor => "/advisor",
        _ => "/structure",
    };
}
