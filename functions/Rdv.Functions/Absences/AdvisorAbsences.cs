using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Absences;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;

namespace Rdv.Functions.Absences;

/// <summary>Closes hours or days of one advisor, and opens them again.</summary>
public sealed class AdvisorAbsences(AddAbsence add, RemoveAbsence remove, AgendaStaff staff)
{
    [Function("AddAbsence")]
    public Task<IResult> AddAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/advisors/{territory}/{id}/absences")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync(request, territory, id, async (_, where, advisor) =>
    {
        var (body, problem) = await JsonBody.ReadAsync<AbsenceBody>(request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        var (identity, badKey) = IdempotencyKey.Read(request, $"absence|{where}|{advisor}", body);
        if (badKey is not null)
        {
            return badKey;
        }

        var errors = new FieldErrors();
        return body.Read(where, advisor, null, identity, errors) is { } absence
            ? AbsenceAnswers.Of(await add.ExecuteAsync(absence, cancellationToken), $"/api/advisors/{where}/{advisor}/absences")
            : Problems.Invalid(errors);
    }, cancellationToken);

    [Function("RemoveAbsence")]
    public Task<IResult> RemoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/advisors/{territory}/{id}/absences/{absence}")] HttpRequest request,
        string territory,
        string id,
        string absence,
        CancellationToken cancellationToken) => staff.RunAsync(request, territory, id, async (_, where, advisor) =>
            DirectoryIds.IsValid(absence)
                ? AbsenceAnswers.Of(await remove.ExecuteAsync(where, AbsenceOwner.Of(advisor), absence, cancellationToken))
                : Problems.NotFound(), cancellationToken);
}
