using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Ids;
using Rdv.Pages.Advisors;
using Rdv.Workshops;

namespace Rdv.Functions.Pages.Advisors;

public sealed class SubmitWorkshop(PlanWorkshop plan, AgendaPages agendas, PageResults pages)
{
    [Function("PlanWorkshopPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "advisor/ateliers")] HttpRequest request, CancellationToken cancellationToken) =>
        agendas.ChangeAsync(request, async (shown, posted) =>
        {
            var form = WorkshopForm.Read(field => posted[field]);
            var result = await Asked(shown, form, posted["jeton"]).ThenAsync(workshop => plan.ExecuteAsync(workshop, cancellationToken));
            return result.Refusal is null
                ? PageResults.SeeOther($"/advisor?du={form.Date}{shown.Query}&fait=atelier")
                : await RefusedAsync(request, shown, form, result.Refusal, cancellationToken);
        }, cancellationToken);

    private static Result<WorkshopRequest> Asked(ShownAgenda shown, WorkshopForm form, string? token)
    {
        var errors = new FieldErrors();
        if (form.Begins(errors) is not { } start)
        {
            return new Refusal.Invalid(errors);
        }

        var identity = RequestIdentity.Of(
            $"page-workshop|{shown.Territory}|{shown.Advisor}", token, $"{form.Title}|{form.Topic}|{start}|{form.Length}|{form.PlaceId}|{form.Count}");
        return new WorkshopRequest(
            shown.Territory,
            shown.Advisor,
            form.Title,
            form.Topic,
            BookingDraft.InstantOf(shown.Territory, start),
            form.Length,
            form.PlaceId,
            form.Count,
            identity);
    }

    private async Task<IResult> RefusedAsync(
        HttpRequest request, ShownAgenda shown, WorkshopForm form, Refusal refusal, CancellationToken cancellationToken) => refusal switch
        {
            // The page was used before, for another workshop: it lies behind the back button.
            Refusal.IdempotencyMismatch => PageResults.SeeOther(shown.Return(request)),
            Refusal.Invalid or Refusal.Overlap => await agendas.ShowAsync(
                request, shown, cancellationToken, plan: form with { Errors = WorkshopForm.ErrorsOf(refusal) }, statusCode: StatusCodes.Status400BadRequest),
            _ => pages.Forbidden(),
        };
}
