using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Pages.Advisors;

namespace Rdv.Functions.Pages.Advisors;

/// <summary>Sets an advisor's pause and number of appointments a day.</summary>
public sealed class SubmitRules(ChangeBookingRules change, ITerritoryDirectories directories, AgendaPages agendas, PageResults pages)
{
    [Function("BookingRulesPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "advisor/rythme")] HttpRequest request, CancellationToken cancellationToken) =>
        agendas.ChangeAsync(request, async (shown, posted) =>
            (await directories.ReloadAsync(shown.Territory, cancellationToken)).Advisors.GetValueOrDefault(shown.Advisor) is { } advisor
            && new RulesForm(posted[RulesForm.PauseField], posted[RulesForm.PerDayField]).Over(advisor.Rules) is { } rules
                ? (await change.ExecuteAsync(shown.Territory, shown.Advisor, rules, cancellationToken)).Match(
                    changed => PageResults.SeeOther(shown.Return(request, $"&fait=rythme&dehors={changed.Outside.Count}")),
                    pages.Of)
                : pages.Refused(),
            cancellationToken);
}
