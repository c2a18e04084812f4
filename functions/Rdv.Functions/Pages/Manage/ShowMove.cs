using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Pages.Booking;
using Rdv.Pages.Manage;
using Rdv.Pages.Shared;

namespace Rdv.Functions.Pages.Manage;

public sealed class ShowMove(ManagedAppointments appointments, MoveChoices choices, PageResults pages, KeyPages keys)
{
    [Function("MovePage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "r/{reference}/{key}/deplacer")] HttpRequest request,
        string reference, string key, CancellationToken cancellationToken) => keys.RunAsync(request, async () =>
    {
        if (await appointments.FindAsync(reference, key, cancellationToken) is not var (appointment, view))
        {
            return null;
        }

        var places = Query.Number(request, "lieux", SlotsView.FewPlaces, SlotsView.AllPlaces);
        return view.Card.MayMove
            && await choices.FindAsync(appointment, view, Query.Date(request, "du"), places, notice: null, cancellationToken) is { } move
            ? pages.ShowByKey<MovePage, MoveView>(move)
            : PageResults.SeeOther(view.Address);
    });
}
