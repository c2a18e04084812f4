using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Rdv.Functions.Operations;

public sealed class Health(HealthReport report)
{
    [Function("Health")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health")] HttpRequest request, CancellationToken cancellationToken)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return report.GetAsync(cancellationToken);
    }
}
