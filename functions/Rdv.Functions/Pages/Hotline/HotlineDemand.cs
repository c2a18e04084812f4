using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Pages.Hotline;
using Rdv.Waiting;

namespace Rdv.Functions.Pages.Hotline;

/// <summary>Where, and about what, nothing was free.</summary>
public sealed class HotlineDemand(CountDemand count, StaffPages staff, PageResults pages)
{
    [Function("HotlineDemandPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "hotline/demandes")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, "/hotline/demandes", member => member.MayUseHotline, async _ =>
            (await count.ExecuteAsync(territory: null, from: null, to: null, cancellationToken)).Match(
                demand => pages.ShowPrivate<DemandPage, DemandView>(DemandView.Of(demand)), _ => pages.Refused()), cancellationToken);
}
