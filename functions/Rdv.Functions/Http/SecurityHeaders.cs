using Microsoft.AspNetCore.Http;

namespace Rdv.Functions.Http;

/// <summary>What browsers are told to refuse, on every answer of ours.</summary>
public static class SecurityHeaders
{
    public static void Write(HttpResponse response)
    {
        var headers = response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }
}
