using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Functions.Staff;
using Rdv.Load;
using Rdv.Pages.Structures;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Structures;

/// <summary>The load of a structure from its agendas, of a département and of France from frozen sums.</summary>
public sealed class ShowLoad(
    ReadLoad load, ReadUnmet unmet, ReadSums sums, ChangePhoneShare change, ITerritoryDirectories directories, StaffPages staff, PageResults pages, RdvSettings settings, IClock clock)
{
    [Function("LoadPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "structure")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, "/structure", member => LoadScope.Of(request, member) is not null, member => LoadScope.Of(request, member) switch
        {
            LoadScope.OfStructure one => StructureAsync(request, one, cancellationToken),
            LoadScope.OfTerritory one => TerritoryAsync(request, one, isAdmin: member is StaffMember.Admin, cancellationToken),
            _ => Task.FromResult(PageResults.SeeOther("/structure/france")),
        }, cancellationToken);

    [Function("CountryLoadPage")]
    public Task<IResult> CountryAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "structure/france")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, "/structure/france", member => member is StaffMember.Admin, async _ =>
        {
            var period = LoadPeriod.Of(request, Today(Territory.Parse("75")));
            var (from, to) = period.Read;
            return (await sums.OfCountryAsync(from, to, withHours: true, cancellationToken)).Match(
                report => Show(LoadView.Of(report, period.From, period.To, period.Today, "/structure/france", "", code => $"/structure?departement={code}", unmet: null)),
                pages.Of);
        }, cancellationToken);

    [Function("PhoneSharePage")]
    public Task<IResult> SetPhoneShareAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "structure/telephone")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, "/structure", member => LoadScope.Of(request, member) is LoadScope.OfStructure, async member =>
        {
            var one = (LoadScope.OfStructure)LoadScope.Of(request, member)!;
            return await PostedForm.ReadAsync(request, settings, cancellationToken) is { } form
                && int.TryParse(form[StructureTools.PhoneShareField], NumberStyles.None, CultureInfo.InvariantCulture, out var share)
                    ? (await change.ExecuteAsync(one.Territory, one.Id, share, cancellationToken)).Match(
                        _ => PageResults.SeeOther($"/structure?du={Query.Text(request, "du")}&au={Query.Text(request, "au")}{one.Query}&fait=telephone#telephone"),
                        pages.Of)
                    : pages.Refused();
        }, cancellationToken);

    private async Task<IResult> StructureAsync(HttpRequest request, LoadScope.OfStructure one, CancellationToken cancellationToken)
    {
        var period = LoadPeriod.Of(request, Today(one.Territory));
        var (from, to) = period.Read;
        var asked = await unmet.ExecuteAsync(one.Territory, one.Id, period.From, period.To, cancellationToken);
        var unreached = (await directories.GetAsync(one.Territory, cancellationToken)).AdvisorsOf(one.Id).Where(advisor => advisor is { GetsMail: false, LeavesOn: null });
        return (await load.ExecuteAsync(one.Territory, one.Id, from, to, cancellationToken)).Match(
            report =>
            {
                var view = LoadView.Of(report, period.From, period.To, period.Today, one.Territory, one.Query, asked);
                return Show(view with { Tools = view.Tools! with { Kept = request.Query["fait"] == "telephone", WithoutMail = [.. unreached.Select(advisor => advisor.DisplayName)] } });
            },
            _ => pages.Forbidden());
    }

    private async Task<IResult> TerritoryAsync(HttpRequest request, LoadScope.OfTerritory one, bool isAdmin, CancellationToken cancellationToken)
    {
        var period = LoadPeriod.Of(request, Today(one.Territory));
        var (from, to) = period.Read;
        var asked = await unmet.ExecuteAsync(one.Territory, structure: null, period.From, period.To, cancellationToken);
        return (await sums.OfTerritoryAsync(one.Territory, from, to, withHours: true, cancellationToken)).Match(
            report => Show(LoadView.Of(
                report, period.From, period.To, period.Today, "/structure", one.Query, id => isAdmin ? $"/structure?departement={one.Territory}&structure={id}" : null, asked)),
            pages.Of);
    }

    private IResult Show(LoadView view) => pages.ShowPrivate<LoadPage, LoadView>(view);

    private LocalDate Today(Territory territory) => clock.GetCurrentInstant().InZone(territory.Zone).Date;
}
