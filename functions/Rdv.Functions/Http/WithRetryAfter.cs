using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Rdv.Functions.Http;

/// <summary>An answer that says when to come back.</summary>
internal sealed class WithRetryAfter(IResult inner, int seconds) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return inner.ExecuteAsync(httpContext);
    }
}
