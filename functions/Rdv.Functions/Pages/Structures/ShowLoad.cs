using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using NodaTime.Text;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Functions.Staff;
using Rdv.Ids;
using Rdv.Load;
using Rdv.Pages.Structures;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Structures;

public sealed class ShowLoad(ReadLoad load, ChangePhoneShare change, ITerritoryDirectories directories, StaffPages staff, PageResults pages, RdvSettings settings, IClock clock)
{
    [Function("LoadPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "structure")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, "/structure", member => Of(request, member) is var (territory, id, _) && member.MayReadStructure(territory, id), async member =>
        {
            var (territory, id, query) = Of(request, member)!.Value;
            var month = MonthOf(request, territory);
            var days = month.ToDateInterval();
            var unreached = (await directories.GetAsync(territory, cancellationToken)).AdvisorsOf(id).Where(advisor => advisor is { GetsMail: false, LeavesOn: null });
            return (await load.ExecuteAsync(territory, id, days.Start, days.End, cancellationToken)).Match(
                report => pages.ShowPrivate<LoadPage, LoadView>(LoadView.Of(report, month, territory.Code, query, unreached.Select(advisor => advisor.DisplayName)) with { Kept = request.Query["fait"] == "telephone" }),
                _ => pages.Forbidden());
        }, cancellationToken);

    [Function("PhoneSharePage")]
    public Task<IResult> SetPhoneShareAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "structure/telephone")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, "/structure", member => Of(request, member) is var (territory, id, _) && member.MayReadStructure(territory, id), async member =>
        {
            var (territory, id, query) = Of(request, member)!.Value;
            return await PostedForm.ReadAsync(request, settings, cancellationToken) is { } form
                && int.TryParse(form[LoadView.PhoneShareField], NumberStyles.None, CultureInfo.InvariantCulture, out var share)
                    ? (await change.ExecuteAsync(territory, id, share, cancellationToken)).Match(
                        _ => PageResults.SeeOther($"/structure?mois={YearMonthPattern.Iso.Format(MonthOf(request, territory))}{query}&fait=telephone"),
                        pages.Of)
                    : pages.Refused();
        }, cancellationToken);

    private YearMonth MonthOf(HttpRequest request, Territory territory) =>
        YearMonthPattern.Iso.Parse(Query.Text(request, "mois") ?? "") is { Success: true, Value: { Year: > 2000 and < 3000 } asked }
            ? asked
            : clock.GetCurrentInstant().InZone(territory.Zone).Date.ToYearMonth();

    /// <summary>One's own structure; an administrator names it.</summary>
    private static (Territory Territory, StructureId Id, string Query)? Of(HttpRequest request, StaffMember member) => member switch
    {
        StaffMember.Structure own => (own.Territory, own.Id, ""),
        _ when Territory.TryParse(Query.Text(request, "departement"), out var territory) && Query.Text(request, "structure") is { } id && DirectoryIds.IsValid(id) =>
            (territory, new StructureId(id), $"&departement={territory}&structure={id}"),
        _ => null,
    };
}
