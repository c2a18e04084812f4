using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Functions.Pages.Booking;

namespace Rdv.Functions.Pages.Hotline;

public sealed class HotlineSubmit(BookingFlow flow, FormPages forms)
{
    [Function("HotlineSubmitPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/reserver")] HttpRequest request, CancellationToken cancellationToken) =>
        forms.RunForHotlineAsync(request, "/hotline", async (_, form) => await flow.SubmitAsync(BookingDoor.Hotline, visitor: null, form, cancellationToken), cancellationToken);
}
