using Microsoft.AspNetCore.Http;
using Rdv.Functions.Http;

namespace Rdv.Functions.Staff;

/// <summary>Lets staff in: 401 to a visitor, 403 to another role.</summary>
public sealed class StaffOnly(IStaffIdentity identity)
{
    public Task<IResult> RunAsync(
        HttpRequest request, Func<StaffMember, bool> may, Func<StaffMember, Task<IResult>> run, CancellationToken cancellationToken) =>
        Answer.OrProblem(async () =>
        {
            // What staff read names people: no cache keeps it.
            request.HttpContext.Response.Headers.CacheControl = "no-store";
            return await identity.IdentifyAsync(request, cancellationToken) switch
            {
                null => Problems.Unauthenticated(),
                var member when may(member) => await run(member),
                _ => Problems.Forbidden(),
            };
        });
}
