using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;
using Rdv.Load;
using Rdv.Territories;

namespace Rdv.Functions.Load;

/// <summary>The frozen sums for who steers: JSON for programs, CSV as open data.</summary>
public sealed class TerritoryLoad(ReadSums sums, StaffOnly staff)
{
    [Function("TerritoryLoad")]
    public Task<IResult> OfTerritoryAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/territories/{territory}/load")] HttpRequest request,
        string territory,
        CancellationToken cancellationToken)
    {
        var known = Territory.TryParse(territory, out var where);
        return staff.RunAsync(request, member => known ? member.MayReadTerritory(where) : member is StaffMember.Steering or StaffMember.Admin, async _ => known
            ? (await LoadDays.Of(request).ThenAsync(days => sums.OfTerritoryAsync(where, days.From, days.To, withHours: false, cancellationToken))).ToHttp(report => Answer(request, report))
            : Problems.NotFound(), cancellationToken);
    }

    [Function("CountryLoad")]
    public Task<IResult> OfCountryAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/load")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, member => member is StaffMember.Admin, async _ =>
            (await LoadDays.Of(request).ThenAsync(days => sums.OfCountryAsync(days.From, days.To, withHours: false, cancellationToken))).ToHttp(report => Answer(request, report)), cancellationToken);

    private static IResult Answer(HttpRequest request, SumsReport report) => Asks.ForWorkbook(request) ? LoadWorkbook.Of(report) : Asks.ForCsv(request) ? SumsCsv.Of(report) : Json.Ok(SumsAnswer.Of(report));
}
