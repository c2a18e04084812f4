using NodaTime;
using Rdv.Transactions;

namespace Rdv.Staff;

/// <param name="Code">The account that somebody signs in with.</param>
/// <param name="Provider">Its provider; empty when an administrator has bound the account by its code.</param>
public sealed record StaffAccount(SignInCode Code, string Provider, Instant At);

/// <summary>Someone of the staff, in the staff directory.</summary>
/// <param name="Address">As <see cref="StaffAddress.Of"/> writes it.</param>
/// <param name="Account">What they sign in with; null until they have signed in for the first time.</param>
/// <param name="Refused">Another account that came with the same address after that, the last one; null for none.</param>
/// <param name="RequestHash">Of the request that has added them; null for an import.</param>
public sealed record StaffPerson(
    StaffId Id,
    string Name,
    string Address,
    IReadOnlyList<StaffGrant> Grants,
    StaffAccount? Account = null,
    StaffAccount? Refused = null,
    string? RequestHash = null) : IRow
{
    public IEnumerable<StaffRole> RolesAt(Instant now) => Grants.Where(grant => grant.IsActive(now)).Select(grant => grant.Role);

    public bool IsAdminAt(Instant now) => RolesAt(now).Any(role => role.Kind == StaffRoleKind.Admin);

    /// <summary>Whether both say the same of who it is and what they may.</summary>
    public bool IsLike(StaffPerson other) => Name == other.Name && Address == other.Address && Grants.SequenceEqual(other.Grants);

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => Id.ToString();
}

/// <summary>Whose an address is. Inserted, so that one address is one person's.</summary>
public sealed record StaffAddressOwner(string Address, StaffId Person) : IRow
{
    public string Key => StaffAddress.KeyOf(Address);

    public override string ToString() => Person.ToString();
}

/// <summary>Whose an account is. Inserted, so that one account is one person's.</summary>
public sealed record StaffAccountOwner(SignInCode Code, StaffId Person) : IRow;

/// <summary>Written with whatever takes the role of an administrator away: of two at once, the second finds out.</summary>
public sealed record StaffAdmins : IRow;
