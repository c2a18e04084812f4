using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Directory;
using Rdv.Pages.Booking;
using Rdv.Pages.Workshops;

namespace Rdv.Functions.Pages.Workshops;

public sealed class ShowWorkshops(WorkshopChoices workshops, PageResults pages)
{
    [Function("WorkshopsPage")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "ateliers")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (Communes.Find(Query.Text(request, "commune")) is not { } commune)
        {
            return PageResults.SeeOther("/");
        }

        var places = Query.Number(request, "lieux", SlotsView.FewPlaces, SlotsView.AllPlaces);
        return pages.Show<WorkshopsPage, WorkshopsView>(new WorkshopsView(
            commune, workshops.Show(await workshops.FindAsync(commune.Territory, cancellationToken), commune.Insee, places), places));
    }
}
