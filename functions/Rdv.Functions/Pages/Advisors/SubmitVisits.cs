using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Booking;
using Rdv.Visits;

namespace Rdv.Functions.Pages.Advisors;

/// <summary>Says who came.</summary>
public sealed class SubmitVisits(MarkOutcome mark, CountVisit count, AgendaPages agendas, PageResults pages)
{
    [Function("MarkOutcomePage")]
    public Task<IResult> MarkAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "advisor/rendez-vous/{reference}")] HttpRequest request,
        string reference,
        CancellationToken cancellationToken) => agendas.ChangeAsync(request, async (shown, form) =>
    {
        if (form["resultat"] is not ("venu" or "pas-venu"))
        {
            return pages.Refused();
        }

        if (!AppointmentReference.TryParse(reference, out var parsed) || parsed.Territory != shown.Territory)
        {
            return pages.NotFound();
        }

        return (await mark.ExecuteAsync(parsed, shown.Advisor, form["resultat"] == "venu", cancellationToken)).Refusal switch
        {
            // Back to the appointment, which shows what was noted.
            null => PageResults.SeeOther(shown.Return(request, $"#rdv-{parsed}")),
            Refusal.Invalid => PageResults.SeeOther(shown.Return(request, "&fait=trop-tot")),
            Refusal.TooLate => PageResults.SeeOther(shown.Return(request, "&fait=annule")),
            var refusal => pages.Of(refusal),
        };
    }, cancellationToken);

    [Function("CountVisitPage")]
    public Task<IResult> CountAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "advisor/passages")] HttpRequest request, CancellationToken cancellationToken) =>
        agendas.ChangeAsync(request, async (shown, form) => await count.ExecuteAsync(
            shown.Territory, shown.Advisor, RequestIdentity.Of($"page-visit|{shown.Territory}|{shown.Advisor}", form["jeton"], ""), cancellationToken) switch
        {
            VisitOutcome.Counted => PageResults.SeeOther(shown.Return(request, "&fait=compte")),
            VisitOutcome.NotFound => pages.Forbidden(),
            _ => pages.Busy(),
        }, cancellationToken);
}
