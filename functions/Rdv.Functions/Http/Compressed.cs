using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;

namespace Rdv.Functions.Http;

/// <summary>
/// An answer that is sent compressed to who takes it so. Only what anyone may read: the length of a compressed answer tells what it has in common
/// with what a stranger chose of it, and beside a key or a name that would give them away (BREACH, https://breachattack.com).
/// </summary>
/// <remarks>Inside the invocation, since what runs in front of one is out of reach in the worker (<see cref="HttpInvocation"/>).</remarks>
internal sealed class Compressed(IResult answer) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => new ResponseCompressionMiddleware(
        answer.ExecuteAsync, httpContext.RequestServices.GetRequiredService<IResponseCompressionProvider>()).Invoke(httpContext);

    public static void Add(IServiceCollection services) => services.AddResponseCompression(options =>
    {
        // Refused by default for the reason above.
        options.EnableForHttps = true;
        options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/problem+json", "image/svg+xml"];
    });
}
