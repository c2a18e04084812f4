using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Calendars;
using Rdv.Ids;
using Rdv.Pages.Advisors;
using Rdv.Pages.Shared;

namespace Rdv.Functions.Pages.Advisors;

/// <summary>Takes up an advisor's own calendar, and forgets it again.</summary>
public sealed class SubmitCalendars(AddCalendar add, RemoveCalendar remove, AgendaPages agendas, PageResults pages)
{
    [Function("AddCalendarPage")]
    public Task<IResult> AddAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "advisor/agendas")] HttpRequest request, CancellationToken cancellationToken) =>
        agendas.ChangeAsync(request, async (shown, posted) =>
        {
            var form = new CalendarForm(posted[CalendarForm.AddressField], FormErrors.None);
            var identity = RequestIdentity.Of($"page-calendar|{shown.Territory}|{shown.Advisor}", posted["jeton"], form.Address ?? "");
            var result = await add.ExecuteAsync(new CalendarRequest(shown.Territory, shown.Advisor, form.Address, identity), cancellationToken);
            return result.Refusal is null ? PageResults.SeeOther(shown.Return(request, "&fait=agenda")) : await RefusedAsync(request, shown, form, result.Refusal, cancellationToken);
        }, cancellationToken);

    [Function("RemoveCalendarPage")]
    public Task<IResult> RemoveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "advisor/agendas/{calendar}")] HttpRequest request,
        string calendar,
        CancellationToken cancellationToken) => agendas.ChangeAsync(request, async (shown, _) =>
    {
        if (!OwnCalendar.IsId(calendar))
        {
            return pages.Refused();
        }

        // A second click finds nothing left to remove.
        await remove.ExecuteAsync(shown.Territory, shown.Advisor, calendar, cancellationToken);
        return PageResults.SeeOther(shown.Return(request, "&fait=agenda-retire"));
    }, cancellationToken);

    private async Task<IResult> RefusedAsync(
        HttpRequest request, ShownAgenda shown, CalendarForm form, Refusal refusal, CancellationToken cancellationToken) => refusal switch
        {
            Refusal.Invalid invalid => await agendas.ShowAsync(
                request, shown, cancellationToken, calendar: form with { Errors = FormErrors.Of(invalid.Errors) }, statusCode: StatusCodes.Status400BadRequest),

            // The page was used before, for another calendar: it lies behind the back button.
            Refusal.IdempotencyMismatch => PageResults.SeeOther(shown.Return(request)),
            _ => pages.Forbidden(),
        };
}
