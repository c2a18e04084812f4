using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Absences;
using Rdv.Functions.Http;
using Rdv.Functions.Previews;
using Rdv.Functions.Staff;
using Rdv.Ids;
using Rdv.Previews;

namespace Rdv.Functions.Absences;

/// <summary>Closes hours or days of one advisor, and opens them again.</summary>
public sealed class AdvisorAbsences(AddAbsence add, RemoveAbsence remove, PreviewChanges preview, AgendaStaff staff)
{
    [Function("AddAbsence")]
    public Task<IResult> AddAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/advisors/{territory}/{id}/absences")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync<AbsenceBody>(request, territory, id, "absence", async (body, where, advisor, identity) =>
            PreviewView.IsAsked(request)
                ? (await body.Read(where, advisor, null, identity).ThenAsync(absence => preview.AbsenceAsync(absence, cancellationToken))).ToHttp(PreviewView.Of)
                : (await body.Read(where, advisor, null, identity).ThenAsync(absence => add.ExecuteAsync(absence, cancellationToken)))
                    .ToHttp(added => AbsenceView.Created(added, $"/api/advisors/{where}/{advisor}/absences")), cancellationToken);

    [Function("RemoveAbsence")]
    public Task<IResult> RemoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/advisors/{territory}/{id}/absences/{absence}")] HttpRequest request,
        string territory,
        string id,
        string absence,
        CancellationToken cancellationToken) => staff.RunAsync(request, territory, id, async (where, advisor) =>
            DirectoryIds.IsValid(absence)
                ? (await remove.ExecuteAsync(where, AbsenceOwner.Of(advisor), absence, cancellationToken)).ToHttp(_ => TypedResults.NoContent())
                : Problems.NotFound(), cancellationToken);
}
