using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Pages.Manage;
using Rdv.Pages.Shared;

namespace Rdv.Functions.Pages.Manage;

public sealed class ShowCancel(ManagedAppointments appointments, PageResults pages, KeyPages keys)
{
    [Function("CancelPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "r/{reference}/{key}/annuler")] HttpRequest request,
        string reference, string key, CancellationToken cancellationToken) => keys.RunAsync(request, async () =>
        await appointments.FindAsync(reference, key, cancellationToken) switch
        {
            null => null,
            var (_, view) when view.Card.State == AppointmentState.ToCome => pages.ShowByKey<CancelPage, ManageView>(view),
            var (_, view) => PageResults.SeeOther(view.Address),
        });
}
