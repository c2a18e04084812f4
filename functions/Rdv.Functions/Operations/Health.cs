using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Dispatch;
using Rdv.Functions.Http;

namespace Rdv.Functions.Operations;

/// <summary>Whether storage answers, and since when the oldest message waits.</summary>
public sealed class Health(OldestDue oldestDue)
{
    [Function("Health")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health")] HttpRequest request, CancellationToken cancellationToken)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        try
        {
            var age = await oldestDue.AgeAsync(cancellationToken);
            return Json.Ok(new { Status = "ok", Storage = "ok", OldestDueMinutes = (int)age.TotalMinutes });
        }
        catch (StorageUnavailableException)
        {
            return Json.Ok(
                new { Status = "unavailable", Storage = "unavailable", OldestDueMinutes = (int?)null }, StatusCodes.Status503ServiceUnavailable);
        }
    }
}
