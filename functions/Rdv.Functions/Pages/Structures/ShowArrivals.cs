using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Days;
using Rdv.Pages.Structures;

namespace Rdv.Functions.Pages.Structures;

/// <summary>Today's arrivals on a screen at the desk, which renews itself without a script.</summary>
public sealed class ShowArrivals(ReadArrivals arrivals, StaffPages staff, PageResults pages, IClock clock)
{
    // Half the reads that a client may make in a minute are not spent by ten such screens.
    private const int SecondsBetween = 60;

    [Function("ArrivalsPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "structure/accueil")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, "/structure/accueil", member => LoadScope.Of(request, member) is LoadScope.OfStructure, async member =>
        {
            var one = (LoadScope.OfStructure)LoadScope.Of(request, member)!;
            request.HttpContext.Response.Headers["Refresh"] = $"{SecondsBetween}";
            return (await arrivals.ExecuteAsync(one.Territory, one.Id, cancellationToken)).Match(
                found => pages.ShowPrivate<ArrivalsPage, ArrivalsView>(ArrivalsView.Of(found, clock.GetCurrentInstant().InZone(one.Territory.Zone).LocalDateTime, one.Asked)),
                _ => pages.Forbidden());
        }, cancellationToken);
}
