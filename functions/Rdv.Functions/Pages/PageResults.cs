using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;
using Rdv.Pages.Account;
using Rdv.Pages.Shared;

namespace Rdv.Functions.Pages;

/// <summary>What the pages answer.</summary>
public sealed class PageResults(RdvSettings settings, IClock clock)
{
    private const int BusySeconds = 10;

    private readonly Site site = new(settings.HotlinePhone, settings.HotlineHours, settings.HotlineCost);
    private readonly HotlineHours hours = HotlineHours.Of(settings.HotlineHours);

    public IResult Show<TPage, TView>(TView view, int statusCode = StatusCodes.Status200OK)
        where TPage : PageOf<TView> => Of<TPage, TView>(view, statusCode, "private, no-cache", noReferrer: false);

    /// <summary>A page with someone's data: on the computer of a library, the next person must not find it with the back button.</summary>
    public IResult ShowPrivate<TPage, TView>(TView view, int statusCode = StatusCodes.Status200OK)
        where TPage : PageOf<TView> => Of<TPage, TView>(view, statusCode, "no-store", noReferrer: false);

    /// <summary>A page whose very address opens an appointment: no other site may learn it.</summary>
    public IResult ShowByKey<TPage, TView>(TView view, int statusCode = StatusCodes.Status200OK)
        where TPage : PageOf<TView> => Of<TPage, TView>(view, statusCode, "no-store", noReferrer: true);

    /// <summary>The same answer for an unknown reference and for a wrong key.</summary>
    public IResult NotFound() => ShowByKey<MessagePage, MessageView>(MessageView.NotFound, StatusCodes.Status404NotFound);

    public IResult NoSuchWorkshop() => ShowPrivate<MessagePage, MessageView>(MessageView.NoSuchWorkshop, StatusCodes.Status404NotFound);

    /// <param name="switchUrl">Where one becomes someone else.</param>
    public IResult Forbidden(string switchUrl) => ShowPrivate<MessagePage, MessageView>(
        MessageView.Forbidden with { LinkText = "Changer de compte", LinkAddress = switchUrl }, StatusCodes.Status403Forbidden);

    public IResult Forbidden() => ShowPrivate<MessagePage, MessageView>(MessageView.Forbidden, StatusCodes.Status403Forbidden);

    /// <summary>Somebody has signed in who has no role.</summary>
    public IResult NoRole(StaffSession session) => ShowPrivate<NoRolePage, NoRoleView>(new NoRoleView(session.Match, session.Code), StatusCodes.Status403Forbidden);

    public IResult StartAgain() => Show<MessagePage, MessageView>(MessageView.StartAgain, StatusCodes.Status400BadRequest);

    /// <summary>A form that is too large, not a form, or that another site has sent.</summary>
    public IResult Refused() => Show<MessagePage, MessageView>(MessageView.Refused, StatusCodes.Status400BadRequest);

    public IResult TooMany() => Show<MessagePage, MessageView>(MessageView.TooMany, StatusCodes.Status429TooManyRequests);

    public IResult WaitingClosed() => ShowByKey<MessagePage, MessageView>(MessageView.WaitingClosed);

    public IResult WaitingTooOften() => ShowPrivate<MessagePage, MessageView>(MessageView.WaitingTooOften, StatusCodes.Status429TooManyRequests);

    public IResult TooManyTries() => Show<MessagePage, MessageView>(MessageView.TooManyTries, StatusCodes.Status429TooManyRequests);

    public IResult Busy() => new WithRetryAfter(Show<MessagePage, MessageView>(MessageView.Busy, StatusCodes.Status503ServiceUnavailable), BusySeconds);

    /// <summary>It is not any more as it was shown.</summary>
    public IResult Changed() => ShowPrivate<MessagePage, MessageView>(MessageView.Changed, StatusCodes.Status409Conflict);

    /// <summary>Storage was lost after a write had left: the same form sent again finds out.</summary>
    public IResult Unsure() => new WithRetryAfter(Show<MessagePage, MessageView>(MessageView.Unsure, StatusCodes.Status504GatewayTimeout), BusySeconds);

    /// <summary>A bug of ours.</summary>
    public IResult Failed() => ShowPrivate<MessagePage, MessageView>(MessageView.Failed, StatusCodes.Status500InternalServerError);

    public IResult NoSuchPage() => Show<MessagePage, MessageView>(MessageView.NoSuchPage, StatusCodes.Status404NotFound);

    /// <summary>More requests than the limits allow from one address.</summary>
    public IResult TooFast(int retryAfterSeconds) =>
        new WithRetryAfter(Show<MessagePage, MessageView>(MessageView.TooFast, StatusCodes.Status429TooManyRequests), retryAfterSeconds);

    /// <summary>After a POST: a reload of the page that follows posts nothing again.</summary>
    public static IResult SeeOther(string address) => new SeeOtherResult(address);

    /// <summary>What a refusal is where the page has nothing better to say. Exhaustive, as <see cref="Problems.Of(Refusal)"/>.</summary>
    public IResult Of(Refusal refusal) => refusal switch
    {
        Refusal.Invalid => Refused(),
        Refusal.Forbidden => Forbidden(),
        Refusal.NotFound => NotFound(),
        Refusal.TooMany { Message: { } message } => ShowPrivate<MessagePage, MessageView>(MessageView.NoMore(message), StatusCodes.Status429TooManyRequests),
        Refusal.TooMany => TooMany(),
        Refusal.IdempotencyMismatch => StartAgain(),
        Refusal.SlotTaken or Refusal.Stale or Refusal.TooLate or Refusal.AppointmentsInside or Refusal.StillToCome or Refusal.Overlap => Changed(),
        _ => throw new UnreachableException("A refusal without a page."),
    };

    /// <summary>What storage did to a page that it did not answer; null for any other exception, which is a bug.</summary>
    public IResult? Of(Exception exception) => exception switch
    {
        StorageUnavailableException or ContendedException => Busy(),
        UnknownOutcomeException => Unsure(),
        _ => null,
    };

    private PageResult Of<TPage, TView>(TView view, int statusCode, string cacheControl, bool noReferrer)
        where TPage : PageOf<TView> => new(
            new RazorComponentResult<TPage>(new Dictionary<string, object?> { [nameof(PageOf<>.Site)] = site.At(hours, clock.GetCurrentInstant()), [nameof(PageOf<>.View)] = view })
            {
                StatusCode = statusCode,
                PreventStreamingRendering = true,
            },
            cacheControl,
            noReferrer);

    private sealed class PageResult(IResult page, string cacheControl, bool noReferrer) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.CacheControl = cacheControl;

            // Under no-referrer, a browser posts with "Origin: null": pages whose cookies give rights must be told apart from other sites.
            httpContext.Response.Headers["Referrer-Policy"] = noReferrer ? "no-referrer" : "same-origin";

            return page.ExecuteAsync(httpContext);
        }
    }

    private sealed class SeeOtherResult(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = Escaped(address);
            httpContext.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }

        /// <summary>Something of an address may be what somebody typed: the server ends an answer with 500 whose header has more than ASCII.</summary>
        private static string Escaped(string address) =>
            address.AsSpan().ContainsAnyExceptInRange('!', '~')
                ? string.Concat(address.EnumerateRunes().Select(rune => rune.Value is >= '!' and <= '~' ? rune.ToString() : Uri.EscapeDataString(rune.ToString())))
                : address;
    }
}
