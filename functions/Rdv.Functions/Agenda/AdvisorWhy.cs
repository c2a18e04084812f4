using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Functions.Agenda;

/// <summary>« Pourquoi cette heure n'est-elle pas proposée ? »</summary>
public sealed class AdvisorWhy(ExplainWeek explain, ITerritoryDirectories directories, StaffOnly staff)
{
    [Function("AdvisorWhy")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/advisors/{territory}/{id}/why")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync(request, _ => true, async member =>
            !Territory.TryParse(territory, out var where) || !DirectoryIds.IsValid(id) ? Problems.NotFound()
            : !member.MaySeeOffer(where, new AdvisorId(id), await directories.GetAsync(where, cancellationToken)) ? Problems.Forbidden()
            : (await DateOf(request).ThenAsync(date => explain.ExecuteAsync(where, new AdvisorId(id), Values.Text(request, "topic"), date.Value, cancellationToken)))
                .ToHttp(week => Json.Ok(WhyAnswer.Of(week))), cancellationToken);

    private static Result<Asked> DateOf(HttpRequest request)
    {
        var errors = new FieldErrors();
        var date = new Asked(Values.Day(request, "date", errors));
        return errors.Any ? new Refusal.Invalid(errors) : date;
    }

    private sealed record Asked(NodaTime.LocalDate? Value);
}
