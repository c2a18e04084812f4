using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Rdv.Functions.Pages;
using Rdv.Functions.Staff;

namespace Rdv.Functions.Http;

/// <summary>What stands in front of every function: headers that browsers obey, and the limits of the contract.</summary>
/// <remarks>An <see cref="IStartupFilter"/> works both under the Functions host and under Rdv.Local.</remarks>
public sealed class RequestGate(Limits limits, IStaffIdentity identity, PageResults pages) : IStartupFilter
{
    // The host's own calls, the page of a demonstration, and files that a browser caches.
    private static readonly PathString[] Unlimited = ["/admin", "/dev", "/assets", "/api/health", "/api/events"];

    // What only staff use: elsewhere, a member of the staff is a visitor like any other.
    private static readonly PathString[] OfStaff =
        ["/api/hotline", "/api/advisors", "/api/structures", "/api/admin", "/hotline", "/advisor", "/structure"];

    private const int TooFastSeconds = 5;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => builder =>
    {
        builder.Use(HandleAsync);
        next(builder);
    };

    private async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

        var path = context.Request.Path;
        if (Array.Exists(Unlimited, prefix => path.StartsWithSegments(prefix)) || limits.TryRequest(context.Request, await IsStaffAsync(context)))
        {
            await next(context);
        }
        else
        {
            var answer = Asks.ForPage(context.Request) ? pages.TooFast(TooFastSeconds) : Problems.TooMany(TooFastSeconds);
            await answer.ExecuteAsync(context);
            return;
        }

        // What nobody has answered has no body: a person reads a page instead of a blank screen.
        if (context.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false, ContentType: null } && Asks.ForPage(context.Request))
        {
            await pages.NoSuchPage().ExecuteAsync(context);
        }
    }

    private async ValueTask<bool> IsStaffAsync(HttpContext context) =>
        Array.Exists(OfStaff, prefix => context.Request.Path.StartsWithSegments(prefix))
        && await identity.IdentifyAsync(context.Request, context.RequestAborted) is not null;
}
