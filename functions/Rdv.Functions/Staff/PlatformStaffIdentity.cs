using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Rdv.Staff;

namespace Rdv.Functions.Staff;

/// <summary>
/// The sign-in of the platform (App Service authentication). Its header is worth something only while the platform checks it: with
/// authentication off, anyone could write it, so nobody is staff then.
/// </summary>
public sealed class PlatformStaffIdentity(IConfiguration configuration, SignInSettings settings, IdentifyStaff staff) : IStaffIdentity
{
    internal const string EntraLabel = "Microsoft";

    // Entra ID says so of an address whose domain the tenant owns, or that its owner has proved: an optional claim.
    // https://learn.microsoft.com/entra/identity-platform/optional-claims-reference
    private const string EntraVerified = "xms_edov";

    private const string Verified = "email_verified";

    public string SignOutUrl => SwitchUrl("/");

    public async ValueTask<StaffSession?> IdentifyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // Set by the platform itself when authentication is on; a setting of ours could be left on by mistake.
        if (!string.Equals(configuration["WEBSITE_AUTH_ENABLED"], "true", StringComparison.OrdinalIgnoreCase)
            || PlatformPrincipal.Read(request) is not { } principal)
        {
            return null;
        }

        // For the first administrator: roles are given by the staff directory. Only the tenant's own administrators can hand out app roles;
        // what another provider calls a role is its own affair.
        List<StaffRole> roles = principal.Provider == PlatformPrincipal.Entra
            ? [.. principal.Roles.Select(StaffRole.Parse).OfType<StaffRole>().Where(role => role.Kind == StaffRoleKind.Admin || !settings.AdminRoleOnly)]
            : [];
        if (AccountOf(principal) is not { } account)
        {
            return new StaffSession(StaffSession.MembersOf(roles, "app-role"), StaffMatch.Unknown);
        }

        var found = await staff.ExecuteAsync(account, cancellationToken);
        return new StaffSession(
            StaffSession.MembersOf(roles.Concat(staff.RolesNow(found)), found.Person?.Id.Value ?? account.Code.ToString()), found.Match, account.Code);
    }

    public string SwitchUrl(string returnPath) => "/.auth/logout?post_logout_redirect_uri=" + Uri.EscapeDataString(returnPath);

    public IReadOnlyList<SignInWay> Ways(string returnPath)
    {
        var entra = new SignInWay(EntraLabel, Address(PlatformPrincipal.Entra));
        return settings.OpenId is { } other ? [new SignInWay(other.Label, Address(other.Name)), entra] : [entra];

        string Address(string provider) => $"/.auth/login/{provider}?post_login_redirect_uri={Uri.EscapeDataString(returnPath)}";
    }

    private SignedInAccount? AccountOf(PlatformPrincipal principal) => principal.Provider switch
    {
        PlatformPrincipal.Entra when principal is { ObjectId: { } subject, Tenant: { } tenant } =>
            Account(principal, tenant, subject, principal.Says(EntraVerified)),
        var name when settings.OpenId is { } known && name == known.Name && principal.Subject is { } subject && (principal.Issuer ?? known.Issuer) == known.Issuer =>
            Account(principal, known.Issuer, subject, principal.Says(Verified) || (known.VerifiesAddresses && !principal.Has(Verified))),
        _ => null,
    };

    private static SignedInAccount Account(PlatformPrincipal principal, string issuer, string subject, bool isVerified)
    {
        var address = StaffAddress.Of(principal.Email);
        return new SignedInAccount(
            SignInCode.Of(principal.Provider, issuer, subject), principal.Provider, isVerified ? address : null, address is not null && !isVerified);
    }
}
