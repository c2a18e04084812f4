using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Functions.Previews;
using Rdv.Functions.Staff;
using Rdv.Ids;
using Rdv.Previews;

namespace Rdv.Functions.Agenda;

/// <summary>When an advisor receives.</summary>
public sealed class AdvisorHours(ChangeOpeningHours change, PlanLeave planLeave, PreviewChanges preview, ITerritoryDirectories directories, AgendaStaff staff)
{
    [Function("GetOpeningHours")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/advisors/{territory}/{id}/opening-hours")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync(request, territory, id, async (where, advisor) =>
            ShownHours.Of((await directories.ReloadAsync(where, cancellationToken)).Advisors[advisor]), cancellationToken);

    [Function("PutOpeningHours")]
    public Task<IResult> PutAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/advisors/{territory}/{id}/opening-hours")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync<OpeningHoursBody?[]>(request, territory, id, async (body, where, advisor) =>
            (await OpeningHoursBody.Read(body).ThenAsync(hours => change.ExecuteAsync(where, advisor, hours, cancellationToken, ShownHours.ChangeOf(request))))
            .ToHttp(ShownHours.Changed), cancellationToken);

    /// <summary>The hours of a colleague are for the structure to say.</summary>
    [Function("CopyOpeningHours")]
    public Task<IResult> CopyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/advisors/{territory}/{id}/opening-hours/copy")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync<CopyHoursBody>(request, territory, id, async (body, where, advisor) =>
            (await change.CopyAsync(where, advisor, body.To, cancellationToken, ShownHours.ChangeOf(request))).ToHttp(ShownHours.Changed),
            cancellationToken, may: member => member is not StaffMember.Advisor);

    [Function("CopyWeekHours")]
    public Task<IResult> CopyWeekAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/advisors/{territory}/{id}/opening-hours/weeks")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync<CopyWeekBody>(request, territory, id, async (body, where, advisor) =>
            (await change.CopyWeekAsync(where, advisor, body.WeekDay, body.LikeDay, cancellationToken, ShownHours.ChangeOf(request))).ToHttp(ShownHours.Changed),
            cancellationToken);

    /// <summary>An advisor does not sign their own departure.</summary>
    [Function("PlanLeave")]
    public Task<IResult> LeaveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/advisors/{territory}/{id}/leave")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync<LeaveBody>(request, territory, id, async (body, where, advisor) =>
            PreviewView.IsAsked(request)
                ? (await body.Read().ThenAsync(on => preview.LeaveAsync(where, advisor, on, cancellationToken))).ToHttp(PreviewView.Of)
                : (await body.Read().ThenAsync(on => planLeave.ExecuteAsync(where, advisor, on, cancellationToken)))
                    .ToHttp(planned => Json.Ok(new { On = Values.Format(planned.On), After = Texts(planned.After) })),
            cancellationToken, may: member => member is not StaffMember.Advisor);

    private static IEnumerable<string> Texts(IEnumerable<AppointmentReference> references) => references.Select(reference => reference.ToString());
}
