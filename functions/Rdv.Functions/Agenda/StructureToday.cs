using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Days;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;
using Rdv.Territories;

namespace Rdv.Functions.Agenda;

/// <summary>Today's arrivals, for the desk.</summary>
public sealed class StructureToday(ReadArrivals readArrivals, StructureStaff staff)
{
    [Function("StructureToday")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/structures/{territory}/{id}/today")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync(request, territory, id, async (where, structure) =>
            (await readArrivals.ExecuteAsync(where, structure, cancellationToken))
            .ToHttp(found => Json.Ok(found.Arrivals.Select(arrival => View(arrival, where)))), cancellationToken);

    private static object View(Arrival arrival, Territory territory) => new
    {
        Time = Values.Format(arrival.Start, territory),
        Reference = arrival.Reference.ToString(),
        arrival.Name,
        AdvisorId = arrival.Advisor.Id.Value,
        Advisor = arrival.Advisor.DisplayName,
        PlaceId = arrival.Place?.Id.Value,
        Place = arrival.Place?.Name,
        Status = arrival.Status.ToString().ToLowerInvariant(),
    };
}
