using Microsoft.AspNetCore.Http;

namespace Rdv.Local.Timers;

/// <summary>The Functions host's own way to run a timer by hand; here it answers once the run has ended.</summary>
internal static class AdminEndpoint
{
    public static void MapAdmin(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/admin/functions/{name}", async Task<IResult> (string name, TimerScheduler scheduler) =>
            await scheduler.TryRunAsync(name) ? TypedResults.Accepted((string?)null) : TypedResults.NotFound());
}
