using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Agenda;
using Rdv.Pages.Advisors;
using Rdv.Pages.Shared;

namespace Rdv.Functions.Pages.Advisors;

/// <summary>Gives one week of an advisor the hours of another.</summary>
public sealed class SubmitSpecialWeek(ChangeOpeningHours change, AgendaPages agendas, PageResults pages)
{
    [Function("SpecialWeekPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "advisor/semaine")] HttpRequest request, CancellationToken cancellationToken) =>
        agendas.ChangeAsync(request, async (shown, posted) =>
        {
            var form = new WeekForm(posted[WeekForm.WeekField], posted[WeekForm.LikeField], FormErrors.None);
            var result = await change.CopyWeekAsync(shown.Territory, shown.Advisor, form.WeekDay, form.LikeDay, cancellationToken);
            return result.Succeeded(out var changed)
                ? PageResults.SeeOther($"/advisor?du={form.Week}{shown.Query}&fait=semaine&dehors={changed.Outside.Count}")
                : result.Refusal is Refusal.Invalid { Errors: var errors }
                ? await agendas.ShowAsync(request, shown, cancellationToken, week: form with { Errors = FormErrors.Of(errors) }, statusCode: StatusCodes.Status400BadRequest)
                : pages.Of(result.Refusal!);
        }, cancellationToken);
}
