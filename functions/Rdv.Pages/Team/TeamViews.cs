using NodaTime;
using Rdv.Language;
using Rdv.Staff;
using Rdv.Territories;

namespace Rdv.Pages.Team;

/// <summary>Somebody of the staff in the list.</summary>
/// <param name="Roles">In words.</param>
public sealed record TeamRow(string Id, string Name, string Address, IReadOnlyList<string> Roles, bool HasAccess, bool HasSignedIn, bool IsRefused)
{
    public static TeamRow Of(StaffPerson person, Instant now) => new(
        person.Id.Value,
        person.Name,
        person.Address,
        [.. person.Grants.Select(Words)],
        person.RolesAt(now).Any(),
        person.Account is not null,
        person.Refused is not null);

    public static string Words(StaffGrant grant)
    {
        var role = grant.Role.Kind switch
        {
            StaffRoleKind.Hotline => "Accueil téléphonique",
            StaffRoleKind.Admin => "Administration",
            StaffRoleKind.Territory => $"Suivi du département {grant.Role.Territory}",
            StaffRoleKind.Structure => $"Structure {grant.Role.Territory}/{grant.Role.Id}",
            _ => $"Conseiller {grant.Role.Territory}/{grant.Role.Id}",
        };
        return (grant.From, grant.To) switch
        {
            (null, null) => role,
            ({ } from, null) => $"{role}, à partir du {FrenchDates.DateWithYear(from)}",
            (null, { } to) => $"{role}, jusqu'au {FrenchDates.DateWithYear(to)}",
            ({ } from, { } to) => $"{role}, du {FrenchDates.DateWithYear(from)} au {FrenchDates.DateWithYear(to)}",
        };
    }
}

/// <summary>The staff directory.</summary>
/// <param name="Rows">Those that are shown.</param>
/// <param name="Found">How many there are.</param>
/// <param name="Notice">What was just done; null for nothing.</param>
public sealed record TeamView(string Query, IReadOnlyList<TeamRow> Rows, int Found, string? Notice, TeamForm Add)
{
    public const string QueryField = "q";
    public const int MaxRows = 100;
}

/// <summary>Somebody of the staff, to be changed.</summary>
/// <param name="SignIn">With what they sign in; null until they have.</param>
/// <param name="Refused">Another account that came with their address.</param>
public sealed record TeamPersonView(TeamForm Form, string Name, TeamAccount? SignIn, TeamAccount? Refused, string? Notice)
{
    public const string ActionField = "action";
    public const string CodeField = "code";
    public const string End = "terminer";
    public const string Bind = "lier";
    public const string Unbind = "delier";
    public const string Remove = "retirer";

    public string? CodeProblem { get; init; }

    public string Address => $"/gestion/equipe/{Form.Id}";
}

/// <param name="Provider">In words.</param>
/// <param name="At">In words.</param>
public sealed record TeamAccount(string Code, string Provider, string At)
{
    private static readonly DateTimeZone Mainland = Territory.Parse("75").Zone;

    /// <param name="labelOf">The name of a provider as people know it.</param>
    public static TeamAccount? Of(StaffAccount? account, Func<string, string> labelOf) => account is null
        ? null
        : new(account.Code.ToString(), account.Provider.Length == 0 ? "un code donné par la personne" : labelOf(account.Provider), FrenchDates.DateWithYear(account.At.InZone(Mainland).Date));
}
