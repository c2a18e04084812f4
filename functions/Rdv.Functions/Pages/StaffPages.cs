using Microsoft.AspNetCore.Http;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;

namespace Rdv.Functions.Pages;

/// <summary>Lets staff in: a visitor signs in first and comes back, another role reads that the page is not theirs.</summary>
public sealed class StaffPages(IStaffIdentity identity, PageResults pages)
{
    public Task<IResult> RunAsync(
        HttpRequest request, string home, Func<StaffMember, bool> may, Func<StaffMember, Task<IResult>> run, CancellationToken cancellationToken) =>
        pages.RunAsync(async () => await identity.IdentifyAsync(request, cancellationToken) switch
        {
            null => PageResults.SeeOther(identity.SignInUrl(ReturnTo(request, home))),
            var member when may(member) => await run(member),
            _ => pages.Forbidden(),
        });

    // Back to the very page when it was only read; a form that was posted is not there any more.
    private static string ReturnTo(HttpRequest request, string home) =>
        Asks.ToRead(request) ? request.Path + request.QueryString : home;
}
