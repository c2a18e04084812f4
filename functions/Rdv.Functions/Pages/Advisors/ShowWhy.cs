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
        staff.RunAsync(request, "/advisor", async members =>
        {
            foreach (var shown in members.Select(member => (Member: member, Agenda: AgendaPages.Of(request, member))).Where(shown => shown.Agenda is not null))
            {
                var (territory, advisor) = (shown.Agenda!.Territory, shown.Agenda.Advisor);
                if (shown.Member.MaySeeOffer(territory, advisor, await directories.GetAsync(territory, cancellationToken)))
                {
                    return (await explain.ExecuteAsync(territory, advisor, Query.Text(request, "sujet"), Query.Date(request, "du"), cancellationToken)).Match(
                        week => pages.ShowPrivate<WhyPage, WhyView>(WhyView.Of(week, shown.Agenda.Query)), _ => pages.Forbidden());
                }
            }

            return pages.Forbidden();
        }, cancellationToken);
}
