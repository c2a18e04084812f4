using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;
using Rdv.Privacy;

namespace Rdv.Functions.Privacy;

/// <summary>What a person may ask of their data, served by administrators (docs/privacy.md). The number is in a body, never in an address.</summary>
public sealed class PersonalData(ExportPerson export, ErasePerson erase, PersonViews views, StaffOnly staff)
{
    // The only role that gets here.
    private const string Admin = "admin";

    [Function("ExportPerson")]
    public Task<IResult> ExportAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/admin/people/export")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, member => member is StaffMember.Admin, _ => request.WithBodyAsync<PersonBody>(async body =>
            await (await body.TerritoryAsked().ThenAsync(where => export.ExecuteAsync(body.Phone, where, Admin, cancellationToken)))
                .ToHttpAsync(async records => Json.Ok(await views.OfAsync(records, cancellationToken))), cancellationToken), cancellationToken);

    [Function("ErasePerson")]
    public Task<IResult> EraseAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/admin/people/erase")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, member => member is StaffMember.Admin, _ => request.WithBodyAsync<PersonBody>(async body =>
            (await body.TerritoryAsked().ThenAsync(where => erase.ExecuteAsync(body.Phone, where, body.Cancel == true, Admin, cancellationToken)))
                .ToHttp(erased => Json.Ok(ErasedView.Of(erased))), cancellationToken), cancellationToken);
}
