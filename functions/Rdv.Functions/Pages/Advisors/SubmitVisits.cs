using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Booking;
using Rdv.Ids;
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
            form["resultat"] is not ("venu" or "pas-venu") ? pages.Refused()
            : AppointmentReference.TryParse(reference, out var parsed) && parsed.Territory == shown.Territory
                ? await MarkAsync(request, shown, parsed, form["resultat"] == "venu", cancellationToken)
            : pages.NotFound(), cancellationToken);

    [Function("CountVisitPage")]
    public Task<IResult> CountAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "advisor/passages")] HttpRequest request, CancellationToken cancellationToken) =>
        agendas.ChangeAsync(request, async (shown, form) =>
        {
            return (await count.ExecuteAsync(shown.Territory, shown.Advisor, IdentityOf(shown, form), cancellationToken)).Match(
                _ => PageResults.SeeOther(shown.Return(request, $"&fait=compte&passage={Uri.EscapeDataString(form["jeton"] ?? "")}")), _ => pages.Forbidden());
        }, cancellationToken);

    [Function("UndoVisitPage")]
    public Task<IResult> UndoAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "advisor/passages/retirer")] HttpRequest request, CancellationToken cancellationToken) =>
        agendas.ChangeAsync(request, async (shown, form) =>
        {
            return (await count.UndoAsync(shown.Territory, shown.Advisor, IdentityOf(shown, form), cancellationToken)).Match(
                _ => PageResults.SeeOther(shown.Return(request, "&fait=retire")), _ => pages.Forbidden());
        }, cancellationToken);

    private static RequestIdentity IdentityOf(ShownAgenda shown, PostedForm form) =>
        RequestIdentity.Of($"page-visit|{shown.Territory}|{shown.Advisor}", form["jeton"], "");

    private async Task<IResult> MarkAsync(
        HttpRequest request, ShownAgenda shown, AppointmentReference reference, bool came, CancellationToken cancellationToken) =>
        (await mark.ExecuteAsync(reference, shown.Advisor, came, cancellationToken)).Refusal switch
        {
            // Back to the appointment, which shows what was noted.
            null => PageResults.SeeOther(shown.Return(request, $"#rdv-{reference}")),
            Refusal.Invalid => PageResults.SeeOther(shown.Return(request, "&fait=trop-tot")),
            Refusal.TooLate => PageResults.SeeOther(shown.Return(request, "&fait=annule")),
            var refusal => pages.Of(refusal),
        };
}
