using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Functions.Http;
using Rdv.Pages.Booking;

namespace Rdv.Functions.Pages.Booking;

public sealed class ShowHome(PageResults pages)
{
    // The root: an empty Route would take the function's name (docs/adr/0002-two-ways-to-run.md).
    [Function("HomePage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{ignored:maxlength(0)?}")] HttpRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(pages.Show<HomePage, WhereView>(WhereView.Empty).Compress());
}
