using Microsoft.AspNetCore.Http;
using Rdv.Functions.Staff;

namespace Rdv.Functions.Http;

/// <summary>
/// Refuses what another site has the browser of someone of the staff send: the cookie of the sign-in comes along, whoever has written the
/// request. By who asks, not by the address, so that no call has to be remembered here.
/// </summary>
/// <remarks>
/// Forms of pages are told apart where they are read (<see cref="Pages.PostedForm"/>), since the pages behind a link have no cookie to lose.
/// Visitors have none either, and a program says nothing of where it comes from.
/// </remarks>
public sealed class StaffOrigin(IStaffIdentity identity, RdvSettings settings)
{
    private static readonly PathString Api = "/api";

    /// <returns>Null when the request may be served.</returns>
    public async ValueTask<IResult?> RefuseAsync(HttpRequest request) =>
        !Asks.ToRead(request)
        && !HttpMethods.IsOptions(request.Method)
        && request.Path.StartsWithSegments(Api)
        && !SameOrigin.Allows(request, settings.SiteBaseUrl)
        && await identity.IdentifyAsync(request, request.HttpContext.RequestAborted) is not null
            ? Problems.Forbidden("Cette demande vient d'un autre site : rien n'a été fait.")
            : null;
}
