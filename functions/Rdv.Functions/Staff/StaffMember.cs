using Rdv.Directory;
using Rdv.Ids;
using Rdv.People;
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

    /// <summary>
    /// The text form that app roles and the sign-in page of a demonstration use: <c>hotline</c>, <c>advisor:69/a1</c>, <c>structure:69/s1</c>,
    /// <c>territory:69</c>, <c>admin</c>.
    /// </summary>
    public static StaffMember? Parse(string? persona)
    {
        switch (persona?.Trim())
        {
            case "hotline":
                return new Hotline();
            case "admin":
                return new Admin();
            case { } text when text.Split(':') is [var role, var path] && path.Split('/') is [var code, var id]
                && Territory.TryParse(code, out var territory) && DirectoryIds.IsValid(id):
                return role switch
                {
                    "advisor" => new Advisor(territory, new AdvisorId(id)),
                    "structure" => new Structure(territory, new StructureId(id)),
                    _ => null,
                };
            case { } text when text.Split(':') is ["territory", var code] && Territory.TryParse(code, out var steered):
                return new Steering(steered);
            default:
                return null;
        }
    }
}
