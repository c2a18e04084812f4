namespace Rdv.Pages.Account;

/// <param name="Value">As it is posted.</param>
/// <param name="IsChosen">It is the one that was chosen last.</param>
public sealed record RoleChoice(string Value, string Label, string Home, bool IsChosen);

/// <summary>The roles of somebody who has several.</summary>
/// <param name="Return">Where to go on; null for the first page of the role.</param>
public sealed record RolesView(IReadOnlyList<RoleChoice> Roles, string? Return)
{
    public const string RoleField = "role";
    public const string ReturnField = "retour";
}

/// <summary>The services that one can sign in with.</summary>
/// <param name="CameBack">Whether the platform says that they have signed in, and we do not believe it.</param>
public sealed record SignInView(IReadOnlyList<(string Name, string Address)> Ways, bool CameBack = false);
