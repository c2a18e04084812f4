using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;

namespace Rdv.Functions.Agenda;

/// <summary>The pause between an advisor's meetings, their number a day, and the time between two places.</summary>
public sealed class AdvisorBookingRules(ChangeBookingRules change, ITerritoryDirectories directories, AgendaStaff staff)
{
    [Function("GetBookingRules")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/advisors/{territory}/{id}/booking-rules")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync(request, territory, id, async (where, advisor) =>
            ShownHours.RulesOf((await directories.ReloadAsync(where, cancellationToken)).Advisors[advisor]), cancellationToken);

    [Function("PutBookingRules")]
    public Task<IResult> PutAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/advisors/{territory}/{id}/booking-rules")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync<BookingRulesBody>(request, territory, id, async (body, where, advisor) =>
            (await body.Read().ThenAsync(rules => change.ExecuteAsync(where, advisor, rules, cancellationToken, ShownHours.ChangeOf(request))))
            .ToHttp(ShownHours.Changed), cancellationToken);
}
