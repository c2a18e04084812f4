using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Booking;

namespace Rdv.Functions.Pages.Manage;

public sealed class SubmitCancel(CancelAppointment cancel, PageResults pages, KeyPages keys, Links links, RdvSettings settings)
{
    [Function("SubmitCancelPage")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "r/{reference}/{key}/annuler")] HttpRequest request,
        string reference, string key, CancellationToken cancellationToken)
    {
        if (await PostedForm.ReadAsync(request, settings, cancellationToken, opaqueIsOurs: true) is null)
        {
            return pages.Refused();
        }

        return await keys.RunAsync(request, async () => AppointmentReference.TryParse(reference, out var parsed)
            ? await CancelAsync(parsed, key, cancellationToken)
            : null);
    }

    private async Task<IResult?> CancelAsync(AppointmentReference reference, string key, CancellationToken cancellationToken) =>
        await cancel.ExecuteAsync(reference, new Access.ByKey(key), reason: null, cancellationToken) switch
        {
            CancelOutcome.Cancelled(var appointment, var repeated) => PageResults.SeeOther(
                $"/r/{appointment.Reference}/{links.KeyOf(appointment)}?annule={(repeated ? "deja" : "1")}"),
            CancelOutcome.TooLate(var appointment) => PageResults.SeeOther($"/r/{appointment.Reference}/{links.KeyOf(appointment)}?tard=1"),
            CancelOutcome.NotFound => null,
            CancelOutcome.Invalid => pages.Refused(),
            _ => pages.Busy(),
        };
}
