using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Functions.Http;
using Rdv.Functions.Previews;
using Rdv.Functions.Staff;
using Rdv.Ids;
using Rdv.Previews;
using Rdv.Workshops;

namespace Rdv.Functions.Workshops;

/// <summary>Plans, moves and cancels the workshops of an advisor.</summary>
public sealed class AdvisorWorkshops(PlanWorkshop plan, ChangeWorkshop change, PreviewChanges preview, AgendaStaff staff)
{
    [Function("PlanWorkshop")]
    public Task<IResult> PlanAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/advisors/{territory}/{id}/workshops")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync<WorkshopBody>(request, territory, id, "workshop", async (body, where, advisor, identity) =>
            (await plan.ExecuteAsync(body.ToRequest(where, advisor, identity), cancellationToken))
            .ToHttp(planned => Json.Created(View(planned.Workshop), location: null, planned.Repeated)), cancellationToken);

    [Function("CancelWorkshop")]
    public Task<IResult> CancelAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/advisors/{territory}/{id}/workshops/{workshop}/cancel")] HttpRequest request,
        string territory,
        string id,
        string workshop,
        CancellationToken cancellationToken) => staff.RunAsync<CancelWorkshopBody>(request, territory, id, async (body, where, advisor) =>
            !WorkshopId.TryParse(workshop, out var parsed) ? Problems.NotFound()
                : PreviewView.IsAsked(request)
                ? (await preview.CancelWorkshopAsync(where, advisor, parsed, body.Reason, cancellationToken)).ToHttp(PreviewView.Of)
                : (await change.CancelAsync(where, advisor, parsed, body.Reason, cancellationToken)).ToHttp(changed => Json.Ok(View(changed.Workshop))), cancellationToken);

    [Function("MoveWorkshop")]
    public Task<IResult> MoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/advisors/{territory}/{id}/workshops/{workshop}/move")] HttpRequest request,
        string territory,
        string id,
        string workshop,
        CancellationToken cancellationToken) => staff.RunAsync<MoveWorkshopBody>(request, territory, id, async (body, where, advisor) =>
            WorkshopId.TryParse(workshop, out var parsed)
                ? (await change.MoveAsync(where, advisor, parsed, Values.ParseInstant(body.Start), body.PlaceId, cancellationToken))
                    .ToHttp(changed => Json.Ok(View(changed.Workshop)))
                : Problems.NotFound(), cancellationToken);

    private static object View(Workshop workshop) => new
    {
        Id = workshop.Id.Value,
        workshop.Title,
        workshop.Topic,
        Start = Values.Format(workshop.Start, workshop.Territory),
        workshop.Minutes,
        PlaceId = workshop.PlaceId.Value,
        workshop.Seats,
        CoAdvisorId = workshop.CoAdvisorId?.Value,
        Status = workshop.IsCancelled ? "cancelled" : "planned",
        workshop.Version,
    };
}
