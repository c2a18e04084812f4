using Microsoft.AspNetCore.Http;

namespace Rdv.Functions.Pages;

/// <summary>The cookies of the site. Over https a browser takes them from this very host only, and no neighbour's page can write one in their place.</summary>
/// <remarks>The prefix <c>__Host-</c>: RFC 6265bis, 4.1.3.2.</remarks>
public sealed class SiteCookies(RdvSettings settings)
{
    private readonly bool _isHttps = settings.SiteBaseUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    public string? Read(HttpRequest request, string name) => request.Cookies[NameOf(name)];

    /// <param name="lasting">Null: as long as the browser's session.</param>
    public void Write(HttpResponse response, string name, string value, TimeSpan? lasting = null) => response.Cookies.Append(NameOf(name), value, Options(lasting));

    public void Delete(HttpResponse response, string name) => response.Cookies.Delete(NameOf(name), Options(lasting: null));

    private string NameOf(string name) => _isHttps ? "__Host-" + name : name;

    private CookieOptions Options(TimeSpan? lasting) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = _isHttps, IsEssential = true, Path = "/", MaxAge = lasting };
}
