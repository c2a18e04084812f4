using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Directory.Import;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;

namespace Rdv.Functions.Directory;

/// <summary>Takes structures, advisors and staff from CSV files.</summary>
public sealed class ImportDirectory(ImportStructures structures, ImportAdvisors advisors, ImportStaff people, StaffOnly staff)
{
    [Function("ImportStructures")]
    public Task<IResult> StructuresAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/admin/import/structures")] HttpRequest request,
        CancellationToken cancellationToken) => ImportAsync(request, structures.ExecuteAsync, cancellationToken);

    [Function("ImportAdvisors")]
    public Task<IResult> AdvisorsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/admin/import/advisors")] HttpRequest request,
        CancellationToken cancellationToken) => ImportAsync(request, advisors.ExecuteAsync, cancellationToken);

    [Function("ImportStaff")]
    public Task<IResult> StaffAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/admin/import/staff")] HttpRequest request,
        CancellationToken cancellationToken) => staff.RunAsync(request, member => member is StaffMember.Admin, async member =>
            (await people.ExecuteAsync(request.Body, request.Query["dryRun"] == "true", member.Person, cancellationToken)).ToHttp(report => Json.Ok(View(report))),
            cancellationToken);

    private Task<IResult> ImportAsync(
        HttpRequest request, Func<Stream, bool, CancellationToken, Task<Result<ImportReport>>> import, CancellationToken cancellationToken) =>
        staff.RunAsync(request, member => member is StaffMember.Admin, async _ =>
        {
            return (await import(request.Body, request.Query["dryRun"] == "true", cancellationToken)).ToHttp(report => Json.Ok(View(report)));
        }, cancellationToken);

    private static object View(ImportReport report) => new
    {
        report.Lines,
        report.Created,
        report.Updated,
        report.Unchanged,
        report.Refused,
        Problems = report.Problems.Select(problem => new
        {
            problem.Line,
            problem.Column,
            problem.Message,
            Severity = problem.Severity == ImportSeverity.Error ? "error" : "warning",
        }),
    };
}
