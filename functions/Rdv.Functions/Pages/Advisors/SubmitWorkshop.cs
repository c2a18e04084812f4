using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Booking;
using Rdv.Pages.Advisors;
using Rdv.Pages.Shared;
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
            var errors = new FieldErrors();
            if (form.Begins(errors) is not { } start)
            {
                return await CorrectAsync(errors);
            }

            var identity = RequestIdentity.Of(
                $"page-workshop|{shown.Territory}|{shown.Advisor}",
                posted["jeton"],
                $"{form.Title}|{form.Topic}|{start}|{form.Length}|{form.PlaceId}|{form.Count}");
            var outcome = await plan.ExecuteAsync(
                new WorkshopRequest(
                    shown.Territory,
                    shown.Advisor,
                    form.Title,
                    form.Topic,
                    BookingDraft.InstantOf(shown.Territory, start),
                    form.Length,
                    form.PlaceId,
                    form.Count,
                    identity),
                cancellationToken);
            return outcome switch
            {
                PlanWorkshopOutcome.Planned => PageResults.SeeOther($"/advisor?du={form.Date}{shown.Query}&fait=atelier"),
                PlanWorkshopOutcome.Overlap => await CorrectAsync(
                    FieldErrors.Of(WorkshopForm.StartField, "Il y a déjà autre chose à ce moment dans l'agenda.")),
                PlanWorkshopOutcome.Invalid invalid => await CorrectAsync(invalid.Errors),
                // The page was used before, for another workshop: it lies behind the back button.
                PlanWorkshopOutcome.IdempotencyMismatch => PageResults.SeeOther(shown.Return(request)),
                PlanWorkshopOutcome.NotFound => pages.Forbidden(),
                _ => pages.Busy(),
            };

            Task<IResult> CorrectAsync(FieldErrors wrong) => agendas.ShowAsync(
                request, shown, cancellationToken, plan: form with { Errors = FormErrors.Of(wrong) }, statusCode: StatusCodes.Status400BadRequest);
        }, cancellationToken);
}
