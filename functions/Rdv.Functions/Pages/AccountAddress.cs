using Microsoft.AspNetCore.Http;
using Rdv.Functions.Staff;
using Rdv.Pages.Account;

namespace Rdv.Functions.Pages;

/// <summary>Where people of the staff sign in, say as whom they act, and sign out.</summary>
internal static class AccountAddress
{
    /// <summary>As whom someone acts who may do it in several ways. It opens nothing: it chooses among what they are.</summary>
    public const string Cookie = "rdv-role";

    public const string ReturnField = RolesView.ReturnField;

    public const string Home = "/compte";

    public static readonly TimeSpan Lasting = TimeSpan.FromDays(90);

    /// <summary>
    /// Straight to where one signs in; to the page of the choice when there are several ways, or when the platform says who has signed in and we do
    /// not believe it: it would send them straight back, for ever.
    /// </summary>
    public static string SignIn(IStaffIdentity identity, HttpRequest request, string returnPath) =>
        identity.Ways(returnPath) is [var only] && !PlatformPrincipal.IsOn(request) ? only.Address : With("/connexion", returnPath);

    public static string Choice(string returnPath) => With(Home, returnPath);

    /// <summary>Never to another site.</summary>
    public static string LocalPath(string? path, string otherwise) =>
        path is ['/', ..] && path is not ['/', '/' or '\\', ..] && !path.Any(char.IsControl) ? path : otherwise;

    private static string With(string page, string returnPath) => $"{page}?{ReturnField}={Uri.EscapeDataString(returnPath)}";
}
