using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Rdv.Functions.Pages.Booking;

public sealed class SubmitDetails(BookingFlow flow, FormPages forms)
{
    [Function("SubmitDetailsPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "reserver")] HttpRequest request, CancellationToken cancellationToken) =>
        forms.RunAsync(request, async form => await flow.SubmitAsync(BookingDoor.Public, form, cancellationToken), cancellationToken);
}
