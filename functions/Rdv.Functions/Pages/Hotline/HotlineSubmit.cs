using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Functions.Pages.Booking;

namespace Rdv.Functions.Pages.Hotline;

public sealed class HotlineSubmit(BookingFlow flow, StaffPages staff)
{
    [Function("HotlineSubmitPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "hotline/reserver")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.SubmitByHotlineAsync(request, (form, _) => flow.SubmitAsync(BookingDoor.Hotline, form, cancellationToken), cancellationToken);
}
