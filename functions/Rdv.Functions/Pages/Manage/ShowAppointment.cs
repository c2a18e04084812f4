using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Pages.Manage;

namespace Rdv.Functions.Pages.Manage;

public sealed class ShowAppointment(ManagedAppointments appointments, PageResults pages, KeyPages keys)
{
    [Function("AppointmentPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "r/{reference}/{key}")] HttpRequest request,
        string reference, string key, CancellationToken cancellationToken) => keys.RunAsync(request, async () =>
        await appointments.FindAsync(reference, key, cancellationToken) is var (_, view)
            ? pages.ShowByKey<ManagePage, ManageView>(view with { News = News.Read(request, view) })
            : null);
}
