using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Calendars;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;

namespace Rdv.Functions.Calendars;

/// <summary>The calendars that an advisor keeps elsewhere. They are the advisor's own affair: the structure has no part in it.</summary>
public sealed class AdvisorCalendars(AddCalendar add, RemoveCalendar remove, ListCalendars list, AgendaStaff staff)
{
    [Function("ListCalendars")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/advisors/{territory}/{id}/calendars")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync(request, territory, id, async (where, advisor) =>
            Json.Ok((await list.ExecuteAsync(where, advisor, cancellationToken)).Select(CalendarView.Of)), cancellationToken, MayHaveOwn);

    [Function("AddCalendar")]
    public Task<IResult> AddAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/advisors/{territory}/{id}/calendars")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync<CalendarBody>(request, territory, id, "calendar", async (body, where, advisor, identity) =>
        {
            var asked = body.ToRequest(where, advisor, identity, request.Query["dryRun"] == "true");
            return (await add.ExecuteAsync(asked, cancellationToken)).ToHttp(added => asked.DryRun
                ? Json.Ok(CalendarView.Of(added.Shown))
                : Json.Created(CalendarView.Of(added.Shown), location: null, added.Repeated));
        }, cancellationToken, MayHaveOwn);

    [Function("RemoveCalendar")]
    public Task<IResult> RemoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/advisors/{territory}/{id}/calendars/{calendar}")] HttpRequest request,
        string territory,
        string id,
        string calendar,
        CancellationToken cancellationToken) => staff.RunAsync(request, territory, id, async (where, advisor) => OwnCalendar.IsId(calendar)
            ? (await remove.ExecuteAsync(where, advisor, calendar, cancellationToken)).ToHttp(_ => TypedResults.NoContent())
            : Problems.NotFound(), cancellationToken, MayHaveOwn);

    private static bool MayHaveOwn(StaffMember member) => member is not StaffMember.Structure;
}
