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
        CancellationToken cancellationToken) => staff.RunAsync(request, async members =>
        {
            if (!Territory.TryParse(territory, out var where) || !DirectoryIds.IsValid(id))
            {
                return Problems.NotFound();
            }

            var (advisor, directory) = (new AdvisorId(id), await directories.GetAsync(where, cancellationToken));
            return members.Any(member => member.MaySeeOffer(where, advisor, directory)) ? await ExplainAsync(request, where, advisor, cancellationToken) : Problems.Forbidden();
        }, cancellationToken);

    private async Task<IResult> ExplainAsync(HttpRequest request, Territory territory, AdvisorId advisor, CancellationToken cancellationToken) =>
        (await Asked.Read(request).ThenAsync(asked => explain.ExecuteAsync(territory, advisor, Values.Text(request, "topic"), asked.Date, cancellationToken, asked.How)))
            .ToHttp(week => Json.Ok(WhyAnswer.Of(week)));

    private sealed record Asked(NodaTime.LocalDate? Date, OfferTo How)
    {
        public static Result<Asked> Read(HttpRequest request)
        {
            var errors = new FieldErrors();
            var means = Values.Text(request, "means") is { } word ? MeansWords.Parse(word) : null;
            if (means is null && Values.Text(request, "means") is not null)
            {
                errors.Add("means", MeansWords.Problem);
            }

            var home = means == Means.Home ? Communes.Find(Values.Text(request, "insee"))?.Insee : null;
            var asked = new Asked(Values.Day(request, "date", errors), new OfferTo { Means = means, Home = home });
            return errors.Any ? new Refusal.Invalid(errors) : asked;
        }
    }
}
