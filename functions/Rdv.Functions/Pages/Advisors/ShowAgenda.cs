using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Functions.Staff;
using Rdv.Pages.Advisors;
using Rdv.Territories;

namespace Rdv.Functions.Pages.Advisors;

public sealed class ShowAgenda(ReadAgenda agenda, StaffPages staff, PageResults pages, IClock clock)
{
    [Function("AgendaPage")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "advisor")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, "/advisor", member => Of(request, member) is var (territory, id, _) && member.MayReadAgenda(territory, id), async member =>
        {
            var (territory, id, query) = Of(request, member)!.Value;
            var today = clock.GetCurrentInstant().InZone(territory.Zone).Date;
            var asked = Query.Date(request, "du") is { Year: > 2000 and < 3000 } date ? date : today;
            var monday = asked.PlusDays(1 - (int)asked.DayOfWeek);
            return await agenda.ExecuteAsync(territory, id, monday, ReadAgenda.DefaultDays, cancellationToken) is AgendaOutcome.Found found
                ? pages.ShowPrivate<AgendaPage, AgendaView>(AgendaView.Of(found, today, query))
                : pages.Forbidden();
        }, cancellationToken);

    /// <summary>One's own agenda; the hotline names the advisor's.</summary>
    private static (Territory Territory, AdvisorId Id, string Query)? Of(HttpRequest request, StaffMember member) => member switch
    {
        StaffMember.Advisor own => (own.Territory, own.Id, ""),
        _ when Territory.TryParse(Query.Text(request, "departement"), out var territory) && Query.Text(request, "conseiller") is { } id && DirectoryIds.IsValid(id) =>
            (territory, new AdvisorId(id), $"&departement={territory}&conseiller={id}"),
        _ => null,
    };
}
