using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Rdv.Functions.Staff;

/// <summary>
/// The sign-in of the platform (App Service authentication). Its header is worth something only while the platform checks it: with
/// authentication off, anyone could write it, so nobody is staff then.
/// </summary>
/// <remarks>https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities</remarks>
public sealed class PlatformStaffIdentity(IConfiguration configuration) : IStaffIdentity
{
    private const string PrincipalHeader = "X-MS-CLIENT-PRINCIPAL";
    private const int MaxPrincipal = 64 * 1024;

    public ValueTask<StaffMember?> IdentifyAsync(HttpRequest request, CancellationToken cancellationToken) => new(Identify(request));

    public string SwitchUrl(string returnPath) => "/.auth/logout?post_logout_redirect_uri=" + Uri.EscapeDataString(returnPath);

    public string SignInUrl(string returnPath) => "/.auth/login/aad?post_login_redirect_uri=" + Uri.EscapeDataString(returnPath);

    private StaffMember? Identify(HttpRequest request)
    {
        // Set by the platform itself when authentication is on; a setting of ours could be left on by mistake.
        if (!string.Equals(configuration["WEBSITE_AUTH_ENABLED"], "true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // App roles of the directory carry the persona: "hotline", "advisor:69/a1", "structure:69/s1", "territory:69", "admin".
        return Roles(request.Headers[PrincipalHeader].ToString()).Select(StaffMember.Parse).FirstOrDefault(member => member is not null);
    }

    private static IEnumerable<string> Roles(string principal)
    {
        if (principal.Length is 0 or > MaxPrincipal)
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(Convert.FromBase64String(principal));
            var root = document.RootElement;
            var roleType = root.TryGetProperty("role_typ", out var type) ? type.GetString() : "roles";
            return [.. root.GetProperty("claims").EnumerateArray()
                .Where(claim => claim.GetProperty("typ").GetString() is { } typ && (typ == roleType || typ == "roles"))
                .Select(claim => claim.GetProperty("val").GetString() ?? "")];
        }
        catch (Exception exception) when (exception is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return [];
        }
    }
}
