using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Pages.Advisors;

namespace Rdv.Functions.Pages.Advisors;

/// <summary>« Pourquoi cette heure n'est-elle pas proposée ? », for the advisor, their structure and the hotline.</summary>
public sealed class ShowWhy(ExplainWeek explain, ITerritoryDirectories directories, StaffPages staff, PageResults pages)
{
    [Function("WhyPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "advisor/pourquoi")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, "/advisor", _ => true, async member =>
            AgendaPages.Of(request, member) is { } shown
            && member.MaySeeOffer(shown.Territory, shown.Advisor, await directories.GetAsync(shown.Territory, cancellationToken))
            && (await explain.ExecuteAsync(shown.Territory, shown.Advisor, Query.Text(request, "sujet"), Query.Date(request, "du"), cancellationToken)).Succeeded(out var week)
                ? pages.ShowPrivate<WhyPage, WhyView>(WhyView.Of(week, shown.Query))
                : pages.Forbidden(), cancellationToken);
}
