using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Functions.Http;
using Rdv.Staff;

namespace Rdv.Functions.Staff;

/// <summary>The staff directory, for administrators.</summary>
public sealed class StaffDirectory(ListStaff list, ChangeStaff change, IStaffStore store, StaffOnly staff, IClock clock)
{
    [Function("ListStaff")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/admin/staff")] HttpRequest request, CancellationToken cancellationToken) =>
        RunAsync(request, async _ => Json.Ok(new
        {
            People = (await list.ExecuteAsync(Values.Text(request, "q"), cancellationToken)).Select(stored => View(stored.Value)),
        }), cancellationToken);

    [Function("GetStaff")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/admin/staff/{person}")] HttpRequest request,
        string person,
        CancellationToken cancellationToken) => RunAsync(request, person, async (id, _) =>
            await store.FindAsync(id, cancellationToken) is { } stored ? new WithETag(Json.Ok(View(stored.Value)), stored.ETag) : Problems.NotFound(), cancellationToken);

    [Function("AddStaff")]
    public Task<IResult> AddAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/admin/staff")] HttpRequest request, CancellationToken cancellationToken) =>
        RunAsync(request, _ => request.WithBodyAsync<StaffBody>("staff", async (body, identity) =>
            (await change.AddAsync(body.ToForm(), identity, cancellationToken))
                .ToHttp(done => Json.Created(View(done.Person), $"/api/admin/staff/{done.Person.Id}", done.IsRepeated)), cancellationToken), cancellationToken);

    [Function("PutStaff")]
    public Task<IResult> PutAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/admin/staff/{person}")] HttpRequest request,
        string person,
        CancellationToken cancellationToken) => RunAsync(request, person, (id, admin) => request.WithBodyAsync<StaffBody>(async body =>
            (await change.ReplaceAsync(id, body.ToForm(), VersionOf(request.Headers.IfMatch.ToString()), admin.Person, cancellationToken)).ToHttp(Shown), cancellationToken), cancellationToken);

    [Function("DeleteStaff")]
    public Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/admin/staff/{person}")] HttpRequest request,
        string person,
        CancellationToken cancellationToken) => RunAsync(request, person, async (id, admin) =>
            (await change.RemoveAsync(id, admin.Person, cancellationToken)).ToHttp(_ => TypedResults.NoContent()), cancellationToken);

    [Function("PutStaffSignIn")]
    public Task<IResult> BindAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/admin/staff/{person}/sign-in")] HttpRequest request,
        string person,
        CancellationToken cancellationToken) => RunAsync(request, person, (id, _) => request.WithBodyAsync<SignInCodeBody>(async body =>
            SignInCode.TryParse(body.Code, out var code)
                ? (await change.BindAsync(id, code, cancellationToken)).ToHttp(Shown)
                : Problems.Invalid("code", "Ce code a 16 lettres et chiffres. Exemple : K7Q2-9XM4-0H3D-V5ZB."), cancellationToken), cancellationToken);

    [Function("DeleteStaffSignIn")]
    public Task<IResult> UnbindAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/admin/staff/{person}/sign-in")] HttpRequest request,
        string person,
        CancellationToken cancellationToken) => RunAsync(request, person, async (id, _) =>
            (await change.BindAsync(id, code: null, cancellationToken)).ToHttp(_ => TypedResults.NoContent()), cancellationToken);

    private static string? VersionOf(string tag) => tag is "" or "*" ? null : WithETag.Strong(tag);

    private IResult Shown(StaffChanged done) => Json.Ok(View(done.Person));

    private StaffPersonView View(StaffPerson person) => StaffPersonView.Of(person, clock.GetCurrentInstant());

    private Task<IResult> RunAsync(HttpRequest request, Func<StaffMember, Task<IResult>> run, CancellationToken cancellationToken) =>
        staff.RunAsync(request, member => member is StaffMember.Admin, run, cancellationToken);

    private Task<IResult> RunAsync(HttpRequest request, string person, Func<StaffId, StaffMember, Task<IResult>> run, CancellationToken cancellationToken) =>
        RunAsync(request, admin => StaffId.TryParse(person, out var id) ? run(id, admin) : Task.FromResult<IResult>(Problems.NotFound()), cancellationToken);
}
