using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Pages.Manage;

namespace Rdv.Functions.Pages.Manage;

public sealed class ShowAppointment(PageResults pages, KeyPages keys)
{
    [Function("AppointmentPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "r/{reference}/{key}")] HttpRequest request,
        string reference, string key, CancellationToken cancellationToken) =>
        keys.RunAsync(request, reference, key, managed => Task.FromResult(
            pages.ShowByKey<ManagePage, ManageView>(managed.View with { News = News.Read(request, managed.View) })), cancellationToken);
}
