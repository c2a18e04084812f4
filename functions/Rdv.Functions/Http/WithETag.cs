using Microsoft.AspNetCore.Http;

namespace Rdv.Functions.Http;

/// <summary>An answer with its version, for <c>If-Match</c>: a strong one, whatever storage calls it (RFC 9110, 13.1.1).</summary>
internal sealed class WithETag(IResult inner, string tag) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.ETag = Strong(tag);
        return inner.ExecuteAsync(httpContext);
    }

    public static string Strong(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag;
}
