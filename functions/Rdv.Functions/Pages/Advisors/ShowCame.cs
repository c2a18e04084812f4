using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using NodaTime.Text;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Days;
using Rdv.Pages.Advisors;

namespace Rdv.Functions.Pages.Advisors;

/// <summary>"Qui est venu ?": one screen at the end of the day, and whoever was not marked is asked for once more.</summary>
public sealed class ShowCame(ReadUnmarked unmarked, MarkOutcome mark, AgendaPages agendas, PageResults pages, IClock clock)
{
    [Function("CamePage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "advisor/venus")] HttpRequest request, CancellationToken cancellationToken) =>
        agendas.ReadAsync(request, async shown => (await unmarked.ExecuteAsync(shown.Territory, shown.Advisor, cancellationToken)).Match(
            people => pages.ShowPrivate<CamePage, CameView>(CameView.Of(people, $"/advisor/venus?du={Today(shown)}{shown.Query}", $"/advisor?du={Today(shown)}{shown.Query}")),
            pages.Of), cancellationToken);

    [Function("SubmitCamePage")]
    public Task<IResult> SubmitAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "advisor/venus")] HttpRequest request, CancellationToken cancellationToken) =>
        agendas.ChangeAsync(request, async (shown, form) => await (await unmarked.ExecuteAsync(shown.Territory, shown.Advisor, cancellationToken)).Match(
            people => MarkAsync(request, shown, form, people, cancellationToken),
            refusal => Task.FromResult(pages.Of(refusal))), cancellationToken);

    /// <summary>Only those who are not marked yet: an old page that is sent again corrects nobody.</summary>
    private async Task<IResult> MarkAsync(
        HttpRequest request, ShownAgenda shown, PostedForm form, IReadOnlyList<Appointment> people, CancellationToken cancellationToken)
    {
        var marked = 0;
        foreach (var person in people)
        {
            if (form[CameView.FieldOf(person)] is CameView.Came or CameView.Missed
                && (await mark.ExecuteAsync(person.Reference, shown.Advisor, form[CameView.FieldOf(person)] == CameView.Came, cancellationToken)).Refusal is null)
            {
                marked++;
            }
        }

        return PageResults.SeeOther(shown.Return(request, $"&fait=venus&nombre={marked}"));
    }

    private string Today(ShownAgenda shown) => LocalDatePattern.Iso.Format(clock.GetCurrentInstant().InZone(shown.Territory.Zone).Date);
}
