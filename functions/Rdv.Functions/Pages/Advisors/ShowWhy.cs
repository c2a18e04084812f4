using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Functions.Staff;
using Rdv.Pages.Advisors;

namespace Rdv.Functions.Pages.Advisors;

/// <summary>« Pourquoi cette heure n'est-elle pas proposée ? », for the advisor, their structure and the hotline.</summary>
public sealed class ShowWhy(ExplainWeek explain, ITerritoryDirectories directories, StaffPages staff, PageResults pages)
{
    [Function("WhyPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "advisor/pourquoi")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, "/advisor", members => ShowAsync(request, members, cancellationToken), cancellationToken);

    private async Task<IResult> ShowAsync(HttpRequest request, IReadOnlyList<StaffMember> members, CancellationToken cancellationToken)
    {
        foreach (var (member, agenda) in members.Select(member => (member, AgendaPages.Of(request, member))))
        {
            if (agenda is not null && member.MaySeeOffer(agenda.Territory, agenda.Advisor, await directories.GetAsync(agenda.Territory, cancellationToken)))
            {
                return (await explain.ExecuteAsync(agenda.Territory, agenda.Advisor, Query.Text(request, "sujet"), Query.Date(request, "du"), cancellationToken)).Match(
                    week => pages.ShowPrivate<WhyPage, WhyView>(WhyView.Of(week, agenda.Query)), _ => pages.Forbidden());
            }
        }

        return pages.Forbidden();
    }
}
