using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;
using Rdv.Territories;

namespace Rdv.Functions.Agenda;

/// <summary>Today's arrivals, for the desk.</summary>
public sealed class StructureToday(ReadArrivals readArrivals, StaffOnly staff)
{
    [Function("StructureToday")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/structures/{territory}/{id}/today")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken)
    {
        var known = Territory.TryParse(territory, out var where) & DirectoryIds.IsValid(id);
        var structure = new StructureId(id);
        return staff.RunAsync(request, member => !known || member.MayReadStructure(where, structure), async _ =>
            known && await readArrivals.ExecuteAsync(where, structure, cancellationToken) is { } arrivals
                ? Json.Ok(arrivals.Select(arrival => new
                {
                    Time = Values.Format(arrival.Start, where),
                    Reference = arrival.Reference.ToString(),
                    arrival.Name,
                    AdvisorId = arrival.Advisor.Id.Value,
                    Advisor = arrival.Advisor.DisplayName,
                    PlaceId = arrival.Place?.Id.Value,
                    Place = arrival.Place?.Name,
                    Status = arrival.Status.ToString().ToLowerInvariant(),
                }))
                : Problems.NotFound(), cancellationToken);
    }
}
