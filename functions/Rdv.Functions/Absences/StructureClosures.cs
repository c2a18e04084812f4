using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Functions.Http;
using Rdv.Functions.Previews;
using Rdv.Functions.Staff;
using Rdv.Ids;
using Rdv.Previews;
using Rdv.Territories;

namespace Rdv.Functions.Absences;

/// <summary>Closes a whole structure, opens it again, and says on which public holidays it works.</summary>
public sealed class StructureClosures(AddAbsence add, RemoveAbsence remove, ChangeHoliday change, PreviewChanges preview, StructureStaff staff)
{
    [Function("AddClosure")]
    public Task<IResult> AddAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/structures/{territory}/{id}/closures")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync<AbsenceBody>(request, territory, id, "closure", async (body, where, structure, identity) =>
            PreviewView.IsAsked(request)
                ? (await body.Read(where, null, structure, identity).ThenAsync(closure => preview.AbsenceAsync(closure, cancellationToken))).ToHttp(PreviewView.Of)
                : (await body.Read(where, null, structure, identity).ThenAsync(closure => add.ExecuteAsync(closure, cancellationToken)))
                    .ToHttp(added => AbsenceView.Created(added, $"/api/structures/{where}/{structure}/closures")), cancellationToken);

    [Function("RemoveClosure")]
    public Task<IResult> RemoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/structures/{territory}/{id}/closures/{closure}")] HttpRequest request,
        string territory,
        string id,
        string closure,
        CancellationToken cancellationToken) => staff.RunAsync(request, territory, id, async (where, structure) =>
            DirectoryIds.IsValid(closure)
                ? (await remove.ExecuteAsync(where, AbsenceOwner.Of(structure), closure, cancellationToken)).ToHttp(_ => TypedResults.NoContent())
                : Problems.NotFound(), cancellationToken);

    [Function("PutHoliday")]
    public Task<IResult> HolidayAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/structures/{territory}/{id}/holidays/{date}")] HttpRequest request,
        string territory,
        string id,
        string date,
        CancellationToken cancellationToken) => staff.RunAsync<HolidayBody>(request, territory, id, async (body, where, structure) =>
            PreviewView.IsAsked(request)
                ? (await body.Read(date).ThenAsync(asked => preview.HolidayAsync(where, structure, asked.Day, asked.Open, cancellationToken))).ToHttp(PreviewView.Of)
                : (await body.Read(date).ThenAsync(asked => change.ExecuteAsync(where, structure, asked.Day, asked.Open, cancellationToken)))
                    .ToHttp(day => Json.Ok(new { Date = Values.Format(day.Date), Name = PublicHolidays.NameOf(where, day.Date), Open = day.IsOpen })), cancellationToken);
}
