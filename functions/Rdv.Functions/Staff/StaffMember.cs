using Rdv.Directory;
using Rdv.Ids;
using Rdv.People;
using Rdv.Staff;
using Rdv.Territories;

namespace Rdv.Functions.Staff;

/// <summary>Someone of the staff, as the platform's sign-in and the staff directory know them.</summary>
public abstract record StaffMember
{
    private StaffMember()
    {
    }

    public sealed record Hotline : StaffMember;

    public sealed record Advisor(Territory Territory, AdvisorId Id) : StaffMember;

    public sealed record Structure(Territory Territory, StructureId Id) : StaffMember;

    /// <summary>Who steers a département: its figures, and no person.</summary>
    public sealed record Steering(Territory Territory) : StaffMember;

    public sealed record Admin : StaffMember;

    public StaffRole Role { get; private init; } = null!;

    /// <summary>Tells them from all others, and says nothing of who they are: an id of the staff directory where they are in it (docs/adr/0024).</summary>
    public string? Who { get; init; }

    /// <summary>Their id in the staff directory; null when they are not in it.</summary>
    public StaffId? Person => StaffId.TryParse(Who, out var id) ? id : null;

    /// <summary>In whose name they book and cancel.</summary>
    public Actor Actor => this is Hotline or Admin ? Actor.Hotline : Actor.Advisor;

    public bool MayUseHotline => this is Hotline or Admin;

    /// <summary>An advisor's own agenda; the hotline's view of it.</summary>
    public bool MayReadAgenda(Territory territory, AdvisorId advisor) =>
        this is Hotline or Admin || (this is Advisor own && own.Territory == territory && own.Id == advisor);

    /// <summary>Their own agenda, the agendas of their structure, or any.</summary>
    public bool MayChangeAgenda(Territory territory, AdvisorId advisor, TerritoryDirectory directory) =>
        this is Admin
        || (this is Advisor own && own.Territory == territory && own.Id == advisor)
        || (this is Structure host && host.Territory == territory
            && directory.Advisors.TryGetValue(advisor, out var known) && known.StructureId == host.Id);

    /// <summary>Which of an advisor's hours are offered, and why others are not: no person is in it.</summary>
    public bool MaySeeOffer(Territory territory, AdvisorId advisor, TerritoryDirectory directory) =>
        MayReadAgenda(territory, advisor) || MayChangeAgenda(territory, advisor, directory);

    public bool MayReadStructure(Territory territory, StructureId structure) =>
        this is Admin || (this is Structure own && own.Territory == territory && own.Id == structure);

    /// <summary>The frozen sums of a département.</summary>
    public bool MayReadTerritory(Territory territory) => this is Admin || (this is Steering own && own.Territory == territory);

    /// <summary>The text form that app roles and the header of a demonstration use (<see cref="StaffRole.Parse"/>).</summary>
    public static StaffMember? Parse(string? persona) => StaffRole.Parse(persona) is { } role ? Of(role, null) : null;

    public static StaffMember Of(StaffRole role, string? who)
    {
        StaffMember member = role.Kind switch
        {
            StaffRoleKind.Advisor => new Advisor(role.Territory!.Value, new AdvisorId(role.Id!)),
            StaffRoleKind.Structure => new Structure(role.Territory!.Value, new StructureId(role.Id!)),
            StaffRoleKind.Territory => new Steering(role.Territory!.Value),
            StaffRoleKind.Hotline => new Hotline(),
            _ => new Admin(),
        };
        return member with { Role = role, Who = who };
    }
}
