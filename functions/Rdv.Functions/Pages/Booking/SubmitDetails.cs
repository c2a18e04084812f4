using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Rdv.Functions.Pages.Booking;

public sealed class SubmitDetails(BookingFlow flow, PageResults pages, RdvSettings settings)
{
    [Function("SubmitDetailsPage")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "reserver")] HttpRequest request, CancellationToken cancellationToken) =>
        await PostedForm.ReadAsync(request, settings, cancellationToken) is { } form
            ? await pages.RunAsync(() => flow.SubmitAsync(BookingDoor.Public, form, cancellationToken))
            : pages.Refused();
}
