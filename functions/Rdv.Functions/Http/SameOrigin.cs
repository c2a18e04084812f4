using Microsoft.AspNetCore.Http;

namespace Rdv.Functions.Http;

/// <summary>Tells whether a POST comes from a page of ours, by what the browser says of it: no token to lose in a form.</summary>
/// <remarks>
/// W3C Fetch Metadata (<c>Sec-Fetch-Site</c>), and RFC 6454 (<c>Origin</c>) for browsers that do not send it. Neither can be set by a
/// script of another site. A client that sends neither is no browser of this century, and has no cookie that another site could use.
/// </remarks>
public static class SameOrigin
{
    /// <param name="siteBaseUrl">The address of the site; the host of the request counts too, whatever stands in front of it.</param>
    /// <param name="opaqueIsOurs">
    /// A page with <c>Referrer-Policy: no-referrer</c> posts with <c>Origin: null</c>. Right only where no cookie gives any right.
    /// </param>
    public static bool Allows(HttpRequest request, string siteBaseUrl, bool opaqueIsOurs = false)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is "same-origin" or "none";
        }

        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0)
        {
            return true;
        }

        if (origin == "null")
        {
            return opaqueIsOurs;
        }

        return Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && ((Uri.TryCreate(siteBaseUrl, UriKind.Absolute, out var ours) && Uri.Compare(from, ours, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0)
                || string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
