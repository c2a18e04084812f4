using Microsoft.AspNetCore.Http;

namespace Rdv.Functions.Http;

/// <summary>What browsers are told to refuse, on every answer of ours.</summary>
public sealed class SecurityHeaders(RdvSettings settings)
{
    // A year, and whatever stands below the site: no link in an SMS is ever followed in the clear (RFC 6797, 6.1).
    private const string OnlyHttps = "max-age=31536000; includeSubDomains";

    // Said over https only (RFC 6797, 7.2). By the site's own address: what stands in front speaks http to us.
    private readonly bool _isHttps = settings.SiteBaseUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    public void Write(HttpResponse response)
    {
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        if (_isHttps)
        {
            headers.StrictTransportSecurity = OnlyHttps;
        }
    }
}
