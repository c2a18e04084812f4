using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;
using Rdv.Territories;
using Rdv.Workshops;

namespace Rdv.Functions.Workshops;

/// <summary>Plans, moves and cancels the workshops of an advisor.</summary>
public sealed class AdvisorWorkshops(PlanWorkshop plan, ChangeWorkshop change, AgendaStaff staff)
{
    [Function("PlanWorkshop")]
    public Task<IResult> PlanAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/advisors/{territory}/{id}/workshops")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync(request, territory, id, async (_, where, advisor) =>
    {
        var (body, problem) = await JsonBody.ReadAsync<WorkshopBody>(request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        var (identity, badKey) = IdempotencyKey.Read(request, $"workshop|{where}|{advisor}", body);
        if (badKey is not null)
        {
            return badKey;
        }

        return await plan.ExecuteAsync(body.ToRequest(where, advisor, identity), cancellationToken) switch
        {
            PlanWorkshopOutcome.Planned planned => Json.Created(View(planned.Workshop), location: null, planned.Repeated),
            PlanWorkshopOutcome.Overlap => Problems.Overlap("Il y a déjà autre chose à ce moment dans l'agenda."),
            PlanWorkshopOutcome.Invalid invalid => Problems.Invalid(invalid.Errors),
            PlanWorkshopOutcome.IdempotencyMismatch => Problems.IdempotencyMismatch(),
            PlanWorkshopOutcome.NotFound => Problems.NotFound(),
            PlanWorkshopOutcome.Busy => Problems.Busy(),
            _ => throw new InvalidOperationException("An outcome without an answer."),
        };
    }, cancellationToken);

    [Function("CancelWorkshop")]
    public Task<IResult> CancelAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/advisors/{territory}/{id}/workshops/{workshop}/cancel")] HttpRequest request,
        string territory,
        string id,
        string workshop,
        CancellationToken cancellationToken) => staff.RunAsync(request, territory, id, async (_, where, advisor) =>
    {
        var (body, problem) = await JsonBody.ReadAsync<CancelWorkshopBody>(request, cancellationToken);
        return body is null ? problem!
            : WorkshopId.TryParse(workshop, out var parsed) ? Of(await change.CancelAsync(where, advisor, parsed, body.Reason, cancellationToken))
            : Problems.NotFound();
    }, cancellationToken);

    [Function("MoveWorkshop")]
    public Task<IResult> MoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/advisors/{territory}/{id}/workshops/{workshop}/move")] HttpRequest request,
        string territory,
        string id,
        string workshop,
        CancellationToken cancellationToken) => staff.RunAsync(request, territory, id, async (_, where, advisor) =>
    {
        var (body, problem) = await JsonBody.ReadAsync<MoveWorkshopBody>(request, cancellationToken);
        return body is null ? problem!
            : WorkshopId.TryParse(workshop, out var parsed)
                ? Of(await change.MoveAsync(where, advisor, parsed, Values.ParseInstant(body.Start), body.PlaceId, cancellationToken))
            : Problems.NotFound();
    }, cancellationToken);

    private static IResult Of(ChangeWorkshopOutcome outcome) => outcome switch
    {
        ChangeWorkshopOutcome.Changed changed => Json.Ok(View(changed.Workshop)),
        ChangeWorkshopOutcome.NotFound => Problems.NotFound(),
        ChangeWorkshopOutcome.TooLate => Problems.TooLate(),
        ChangeWorkshopOutcome.Overlap => Problems.Overlap("Il y a déjà autre chose à ce moment dans l'agenda."),
        ChangeWorkshopOutcome.Invalid invalid => Problems.Invalid(invalid.Errors),
        ChangeWorkshopOutcome.Busy => Problems.Busy(),
        _ => throw new InvalidOperationException("An outcome without an answer."),
    };

    private static object View(Workshop workshop) => new
    {
        Id = workshop.Id.Value,
        workshop.Title,
        workshop.Topic,
        Start = Values.Format(workshop.Start, workshop.Territory),
        workshop.Minutes,
        PlaceId = workshop.PlaceId.Value,
        workshop.Seats,
        Status = workshop.IsCancelled ? "cancelled" : "planned",
        workshop.Version,
    };
}
