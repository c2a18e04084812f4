using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;
using Rdv.Load;

namespace Rdv.Functions.Load;

/// <summary>The load of a structure: JSON for programs, CSV or a workbook for a spreadsheet.</summary>
public sealed class StructureLoad(ReadLoad readLoad, StructureStaff staff)
{
    [Function("StructureLoad")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/structures/{territory}/{id}/load")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync(request, territory, id, async (where, structure) =>
            (await LoadDays.Of(request).ThenAsync(days => readLoad.ExecuteAsync(where, structure, days.From, days.To, cancellationToken)))
            .ToHttp(report => Asks.ForWorkbook(request) ? LoadWorkbook.Of(report) : Asks.ForCsv(request) ? LoadCsv.Of(report) : Json.Ok(LoadAnswer.Of(report))), cancellationToken);
}
