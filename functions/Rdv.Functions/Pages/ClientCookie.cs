using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Rdv.Functions.Pages;

/// <summary>A browser that keeps a slot: a random id, and the hold that it keeps. It tells nothing of the person.</summary>
/// <param name="IsKnown">It has sent back a cookie of ours.</param>
public sealed record Client(string Id, string? Hold, bool IsKnown = false);

/// <summary>The cookie that carries it, sealed. It lives as long as the browser's session; nothing breaks without it.</summary>
public sealed class ClientCookie(IDataProtectionProvider protection, SiteCookies cookies)
{
    public const string Name = "rdv-client";
    private readonly IDataProtector protector = protection.CreateProtector("Rdv.Pages.Client.v1");

    /// <returns>A new client when the cookie is missing, or not ours.</returns>
    public Client Read(HttpRequest request)
    {
        if (cookies.Read(request, Name) is { Length: > 0 and < 4096 } text)
        {
            try
            {
                if (protector.Unprotect(text).Split('|') is [var id, var hold])
                {
                    return new Client(id, hold.Length > 0 ? hold : null, IsKnown: true);
                }
            }
            catch (CryptographicException)
            {
                // Made with keys that are gone: as if there were none.
            }
        }

        return new Client(BookingDraft.DrawNonce(), null);
    }

    public void Write(HttpResponse response, Client client) => cookies.Write(response, Name, protector.Protect($"{client.Id}|{client.Hold}"));
}
