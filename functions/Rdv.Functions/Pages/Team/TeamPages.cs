using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Rdv.Functions.Staff;
using Rdv.Ids;
using Rdv.Pages.Team;
using Rdv.Staff;

namespace Rdv.Functions.Pages.Team;

/// <summary>The staff directory, for administrators.</summary>
public sealed class TeamPages(ListStaff list, ChangeStaff change, TeamDesk desk, PageResults pages, IClock clock)
{
    [Function("TeamPage")]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "gestion/equipe")] HttpRequest request, CancellationToken cancellationToken) =>
        desk.RunAsync(request, _ => ShowAsync(request, TeamForm.Empty, StatusCodes.Status200OK, cancellationToken), cancellationToken);

    [Function("AddTeamPage")]
    public Task<IResult> AddAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "gestion/equipe")] HttpRequest request, CancellationToken cancellationToken) =>
        desk.RunAsync(request, async (_, form) =>
        {
            // Sent twice, it finds its own address: one person all the same.
            var typed = TeamForm.Read(id: null, field => form[field]);
            return await (await change.AddAsync(typed.ToForm(), RequestIdentity.Of("team", null, ""), cancellationToken)).Match(
                done => Task.FromResult(PageResults.SeeOther($"{TeamDesk.Home}/{done.Person.Id}?fait=ajoute")),
                refusal => refusal is Refusal.Invalid invalid
                    ? ShowAsync(request, typed.With(invalid.Errors), StatusCodes.Status400BadRequest, cancellationToken)
                    : Task.FromResult(pages.Of(refusal)));
        }, cancellationToken);

    private async Task<IResult> ShowAsync(HttpRequest request, TeamForm add, int statusCode, CancellationToken cancellationToken)
    {
        var query = Query.Text(request, TeamView.QueryField) ?? "";
        var (found, now) = (await list.ExecuteAsync(query, cancellationToken), clock.GetCurrentInstant());
        return pages.ShowPrivate<TeamPage, TeamView>(
            new TeamView(query, [.. found.Take(TeamView.MaxRows).Select(stored => TeamRow.Of(stored.Value, now))], found.Count, TeamDesk.NoticeOf(request), add), statusCode);
    }
}
