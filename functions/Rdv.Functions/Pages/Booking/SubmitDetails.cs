using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Functions.Http;

namespace Rdv.Functions.Pages.Booking;

public sealed class SubmitDetails(BookingFlow flow, LimitSettings limits, FormPages forms)
{
    [Function("SubmitDetailsPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "reserver")] HttpRequest request, CancellationToken cancellationToken) =>
        forms.RunAsync(request, async form => await flow.SubmitAsync(BookingDoor.Public, limits.Visitor(request), form, cancellationToken), cancellationToken);
}
