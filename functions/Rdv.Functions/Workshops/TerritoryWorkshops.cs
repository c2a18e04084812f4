using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Functions.Http;
using Rdv.Territories;
using Rdv.Workshops;

namespace Rdv.Functions.Workshops;

/// <summary>The workshops in which anyone may take a seat.</summary>
public sealed class TerritoryWorkshops(ListWorkshops list)
{
    [Function("Workshops")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/territories/{territory}/workshops")] HttpRequest request,
        string territory,
        CancellationToken cancellationToken) => Answer.OrProblem(async () =>
    {
        if (!Territory.TryParse(territory, out var parsed))
        {
            return Problems.NotFound();
        }

        var errors = new FieldErrors();
        var from = Values.Day(request, "from", errors);
        var days = Values.Number(request, "days", ListWorkshops.DefaultDays, errors);
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        return await list.ExecuteAsync(parsed, from, days, cancellationToken) switch
        {
            WorkshopsOutcome.Found found => Json.Ok(found.Workshops.Select(workshop => new
            {
                Id = workshop.Id.Value,
                workshop.Title,
                workshop.Topic,
                Start = Values.Format(workshop.Start, parsed),
                workshop.Minutes,
                PlaceId = workshop.PlaceId.Value,
                workshop.Seats,
                workshop.SeatsLeft,
            })),
            WorkshopsOutcome.Invalid invalid => Problems.Invalid(invalid.Errors),
            _ => throw new InvalidOperationException("An outcome without an answer."),
        };
    });
}
