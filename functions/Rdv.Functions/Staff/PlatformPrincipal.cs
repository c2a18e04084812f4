using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Rdv.Functions.Staff;

/// <summary>Who has signed in with the platform (App Service authentication), as its header says.</summary>
/// <param name="Provider">The name of the provider in the platform's settings; <c>aad</c> is Entra ID.</param>
/// <remarks>https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities</remarks>
internal sealed record PlatformPrincipal(string Provider, IReadOnlyList<KeyValuePair<string, string>> Claims, string RoleType)
{
    public const string Header = "X-MS-CLIENT-PRINCIPAL";
    public const string Entra = "aad";

    private const int MaxLength = 64 * 1024;

    // The platform hands on some claims under the names that .NET has long given them.
    private const string Schemas = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";
    private const string MicrosoftSchemas = "http://schemas.microsoft.com/identity/claims/";

    public string? Subject => Only("sub", Schemas + "nameidentifier");

    public string? Issuer => Only("iss");

    public string? ObjectId => Only("oid", MicrosoftSchemas + "objectidentifier");

    public string? Tenant => Only("tid", MicrosoftSchemas + "tenantid");

    public string? Email => Only("email", Schemas + "emailaddress");

    public IEnumerable<string> Roles => Values(RoleType, "roles");

    /// <summary>Whether the request has the header, whatever it is worth.</summary>
    public static bool IsOn(HttpRequest request) => request.Headers.ContainsKey(Header);

    /// <returns>Null when it is not there, or cannot be read.</returns>
    public static PlatformPrincipal? Read(HttpRequest request)
    {
        var text = request.Headers[Header].ToString();
        if (text.Length is 0 or > MaxLength)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(Convert.FromBase64String(text));
            var root = document.RootElement;
            return new PlatformPrincipal(
                TextOf(root, "auth_typ") ?? Entra,
                [.. root.GetProperty("claims").EnumerateArray().Select(claim => KeyValuePair.Create(TextOf(claim, "typ") ?? "", ValueOf(claim)))],
                TextOf(root, "role_typ") ?? "roles");
        }
        catch (Exception exception) when (exception is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether a claim says yes, as JSON or as text.</summary>
    public bool Says(string type) => Only(type)?.ToUpperInvariant() is "TRUE" or "1";

    public bool Has(string type) => Values(type).Count > 0;

    // Of two that contradict each other, neither is believed.
    private string? Only(params ReadOnlySpan<string> types) => Values(types).Where(value => value.Length > 0).Distinct().ToArray() is [var only] ? only : null;

    private List<string> Values(params ReadOnlySpan<string> types)
    {
        var found = new List<string>();
        foreach (var claim in Claims)
        {
            if (types.Contains(claim.Key))
            {
                found.Add(claim.Value);
            }
        }

        return found;
    }

    private static string? TextOf(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string ValueOf(JsonElement claim) => claim.GetProperty("val") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : claim.GetProperty("val").GetRawText();
}
