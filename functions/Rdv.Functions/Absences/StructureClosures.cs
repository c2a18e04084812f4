using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;
using Rdv.Territories;

namespace Rdv.Functions.Absences;

/// <summary>Whether a structure works on a public holiday.</summary>
public sealed record HolidayBody(bool? Open);

/// <summary>Closes a whole structure, opens it again, and says on which public holidays it works.</summary>
public sealed class StructureClosures(AddAbsence add, RemoveAbsence remove, ChangeHoliday changeHoliday, StaffOnly staff)
{
    [Function("AddClosure")]
    public Task<IResult> AddAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/structures/{territory}/{id}/closures")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => RunAsync(request, territory, id, async (where, structure) =>
    {
        var (body, problem) = await JsonBody.ReadAsync<AbsenceBody>(request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        var (identity, badKey) = IdempotencyKey.Read(request, $"closure|{where}|{structure}", body);
        if (badKey is not null)
        {
            return badKey;
        }

        var errors = new FieldErrors();
        return body.Read(where, null, structure, identity, errors) is { } closure
            ? AbsenceAnswers.Of(await add.ExecuteAsync(closure, cancellationToken), $"/api/structures/{where}/{structure}/closures")
            : Problems.Invalid(errors);
    }, cancellationToken);

    [Function("RemoveClosure")]
    public Task<IResult> RemoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/structures/{territory}/{id}/closures/{closure}")] HttpRequest request,
        string territory,
        string id,
        string closure,
        CancellationToken cancellationToken) => RunAsync(request, territory, id, async (where, structure) =>
            DirectoryIds.IsValid(closure)
                ? AbsenceAnswers.Of(await remove.ExecuteAsync(where, AbsenceOwner.Of(structure), closure, cancellationToken))
                : Problems.NotFound(), cancellationToken);

    [Function("PutHoliday")]
    public Task<IResult> HolidayAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/structures/{territory}/{id}/holidays/{date}")] HttpRequest request,
        string territory,
        string id,
        string date,
        CancellationToken cancellationToken) => RunAsync(request, territory, id, async (where, structure) =>
    {
        var (body, problem) = await JsonBody.ReadAsync<HolidayBody>(request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        if (Values.ParseDay(date) is not { } day)
        {
            return Problems.Invalid("date", "Ce jour ne se lit pas. Exemple : 2026-11-11.");
        }

        if (body.Open is not { } open)
        {
            return Problems.Invalid("open", "Dites si la structure est ouverte : true ou false.");
        }

        return await changeHoliday.ExecuteAsync(where, structure, day, open, cancellationToken) switch
        {
            ChangeHolidayOutcome.Changed => Json.Ok(new { Date = Values.Format(day), Name = PublicHolidays.NameOf(where, day), Open = open }),
            ChangeHolidayOutcome.NotAHoliday => Problems.Invalid("date", "Ce jour n'est pas férié dans ce département."),
            ChangeHolidayOutcome.NotFound => Problems.NotFound(),
            _ => Problems.Busy(),
        };
    }, cancellationToken);

    private Task<IResult> RunAsync(
        HttpRequest request, string territory, string id, Func<Territory, StructureId, Task<IResult>> run, CancellationToken cancellationToken)
    {
        var known = Territory.TryParse(territory, out var where) & DirectoryIds.IsValid(id);
        var structure = new StructureId(id);
        return staff.RunAsync(
            request, member => !known || member.MayReadStructure(where, structure), async _ => known ? await run(where, structure) : Problems.NotFound(), cancellationToken);
    }
}
