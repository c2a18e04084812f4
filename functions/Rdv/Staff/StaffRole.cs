using NodaTime;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Staff;

public enum StaffRoleKind
{
    Advisor,
    Structure,

    /// <summary>Who steers a département: its figures, and no person.</summary>
    Territory,

    Hotline,
    Admin,
}

/// <summary>What someone of the staff is, and where.</summary>
public sealed record StaffRole
{
    private static readonly DateTimeZone Mainland = Territories.Territory.Parse("75").Zone;

    private StaffRole(StaffRoleKind kind, Territory? territory = null, string? id = null) => (Kind, Territory, Id) = (kind, territory, id);

    public StaffRoleKind Kind { get; }

    /// <summary>Null for a role that is everywhere.</summary>
    public Territory? Territory { get; }

    /// <summary>Of the advisor or of the structure; null for the others.</summary>
    public string? Id { get; }

    /// <summary>Where its days begin and end.</summary>
    public DateTimeZone Zone => Territory?.Zone ?? Mainland;

    /// <summary>
    /// The text form of the directory, of imports and of app roles: <c>hotline</c>, <c>advisor:69/a1</c>, <c>structure:69/s1</c>,
    /// <c>territory:69</c>, <c>admin</c>.
    /// </summary>
    /// <returns>Null for any other text.</returns>
    public static StaffRole? Parse(string? text) => text?.Trim().Split(':') switch
    {
        ["hotline"] => new(StaffRoleKind.Hotline),
        ["admin"] => new(StaffRoleKind.Admin),
        ["territory", var code] when Territories.Territory.TryParse(code, out var territory) => new(StaffRoleKind.Territory, territory),
        ["advisor", var path] => At(StaffRoleKind.Advisor, path),
        ["structure", var path] => At(StaffRoleKind.Structure, path),
        _ => null,
    };

    public override string ToString() => Kind switch
    {
        StaffRoleKind.Hotline => "hotline",
        StaffRoleKind.Admin => "admin",
        StaffRoleKind.Territory => $"territory:{Territory}",
        StaffRoleKind.Structure => $"structure:{Territory}/{Id}",
        _ => $"advisor:{Territory}/{Id}",
    };

    private static StaffRole? At(StaffRoleKind kind, string path) =>
        path.Split('/') is [var code, var id] && Territories.Territory.TryParse(code, out var territory) && DirectoryIds.IsValid(id)
            ? new StaffRole(kind, territory, id)
            : null;
}

/// <summary>A role, and from when to when.</summary>
/// <param name="From">Its first day; null for ever since.</param>
/// <param name="To">Its last day; null for no end.</param>
public sealed record StaffGrant(StaffRole Role, LocalDate? From = null, LocalDate? To = null)
{
    public bool IsActive(Instant now) => now.InZone(Role.Zone).Date is var today && !(today < From) && !(today > To);
}
