using NodaTime;
using Rdv.Functions.Http;
using Rdv.Staff;
using Rdv.Territories;

namespace Rdv.Functions.Staff;

/// <summary>Someone of the staff, as a body gives them.</summary>
public sealed record StaffBody(string? Name, string? Address, IReadOnlyList<StaffRoleBody?>? Roles)
{
    public StaffForm ToForm() => new(Name, Address, Roles?.Select(role => role is null ? null : new StaffGrantForm(role.Role, role.From, role.To)).ToList());
}

/// <param name="From">First day; null for ever since.</param>
/// <param name="To">Last day; null for no end.</param>
public sealed record StaffRoleBody(string? Role, string? From, string? To);

/// <param name="Code">As the person reads it on their page.</param>
public sealed record SignInCodeBody(string? Code);

/// <param name="Active">Whether the role holds today.</param>
public sealed record StaffRoleView(string Role, string? From, string? To, bool Active);

/// <param name="Provider">Null when an administrator has bound the account by its code.</param>
public sealed record StaffAccountView(string Code, string? Provider, string At)
{
    private static readonly Territory Mainland = Territory.Parse("75");

    public static StaffAccountView? Of(StaffAccount? account) =>
        account is null ? null : new(account.Code.ToString(), account.Provider.Length > 0 ? account.Provider : null, Values.Format(account.At, Mainland));
}

/// <summary>Someone of the staff, for who manages it.</summary>
/// <param name="SignIn">The account that is bound; null until they have signed in.</param>
/// <param name="Refused">Another account that came with their address since.</param>
public sealed record StaffPersonView(
    string Id, string Name, string Address, IEnumerable<StaffRoleView> Roles, StaffAccountView? SignIn, StaffAccountView? Refused)
{
    public static StaffPersonView Of(StaffPerson person, Instant now) => new(
        person.Id.Value,
        person.Name,
        person.Address,
        person.Grants.Select(grant => new StaffRoleView(
            grant.Role.ToString(),
            grant.From is { } from ? Values.Format(from) : null,
            grant.To is { } to ? Values.Format(to) : null,
            grant.IsActive(now))),
        StaffAccountView.Of(person.Account),
        StaffAccountView.Of(person.Refused));
}
