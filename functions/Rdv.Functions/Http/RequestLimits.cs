using Microsoft.AspNetCore.Http;
using Rdv.Functions.Pages;
using Rdv.Functions.Staff;

namespace Rdv.Functions.Http;

/// <summary>The limits on all requests of a client, staff apart from visitors.</summary>
public sealed class RequestLimits(Limits limits, IStaffIdentity identity, PageResults pages)
{
    private const int RetryAfterSeconds = 5;

    // Files that a browser keeps, and the calls of machines.
    private static readonly PathString[] Unlimited = ["/assets", "/api/health", "/api/events"];

    // What only staff use: elsewhere, a member of the staff is a visitor like any other.
    private static readonly PathString[] OfStaff =
        ["/api/hotline", "/api/advisors", "/api/structures", "/api/admin", "/hotline", "/advisor", "/structure", "/gestion"];

    /// <returns>Null when the request may be served.</returns>
    public async ValueTask<IResult?> RefuseAsync(HttpRequest request)
    {
        if (IsIn(Unlimited, request) || limits.TryRequest(request, await IsStaffAsync(request)))
        {
            return null;
        }

        return Asks.ForPage(request) ? pages.TooFast(RetryAfterSeconds) : Problems.TooMany(RetryAfterSeconds);
    }

    private async ValueTask<bool> IsStaffAsync(HttpRequest request) =>
        IsIn(OfStaff, request) && await identity.IdentifyAsync(request, request.HttpContext.RequestAborted) is { Members.Count: > 0 };

    private static bool IsIn(PathString[] prefixes, HttpRequest request) => Array.Exists(prefixes, prefix => request.Path.StartsWithSegments(prefix));
}
