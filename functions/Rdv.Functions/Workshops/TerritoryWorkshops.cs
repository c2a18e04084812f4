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
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/territories/{territory}/workshops")] HttpRequest request,
        string territory,
        CancellationToken cancellationToken) => Territory.TryParse(territory, out var where)
            ? (await DaysAsked.Read(request, ListWorkshops.DefaultDays).ThenAsync(asked => list.ExecuteAsync(where, asked.From, asked.Days, cancellationToken)))
                .ToHttp(found => Json.Ok(found.Workshops.Select(workshop => View(workshop, where))).Compress())
            : Problems.NotFound();

    private static object View(PlannedWorkshop workshop, Territory territory) => new
    {
        Id = workshop.Id.Value,
        workshop.Title,
        workshop.Topic,
        Start = Values.Format(workshop.Start, territory),
        workshop.Minutes,
        PlaceId = workshop.PlaceId.Value,
        workshop.Seats,
        workshop.SeatsLeft,
    };
}
