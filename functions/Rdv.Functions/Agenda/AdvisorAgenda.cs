using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Days;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;
using Rdv.Ids;
using Rdv.Invites;
using Rdv.Territories;

namespace Rdv.Functions.Agenda;

/// <summary>An advisor's agenda, with the people in it.</summary>
public sealed class AdvisorAgenda(ReadAgenda readAgenda, FeedTokens feedTokens, RdvSettings settings, StaffOnly staff)
{
    [Function("AdvisorAgenda")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/advisors/{territory}/{id}/agenda")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken)
    {
        var known = Territory.TryParse(territory, out var where) & DirectoryIds.IsValid(id);
        var advisor = new AdvisorId(id);
        return staff.RunAsync(request, member => !known || member.MayReadAgenda(where, advisor), async member => known
            ? (await DaysAsked.Read(request, ReadAgenda.DefaultDays).ThenAsync(asked => readAgenda.ExecuteAsync(where, advisor, asked.From, asked.Days, cancellationToken)))
                .ToHttp(found => Json.Ok(new { Entries = found.Lines.Select(line => AgendaLineView.Of(line, where)), Feed = FeedOf(member) }))
            : Problems.NotFound(), cancellationToken);
    }

    /// <summary>The address of the feed opens it: only its owner gets it.</summary>
    private string? FeedOf(StaffMember member) =>
        member is StaffMember.Advisor own ? $"{settings.SiteBaseUrl}/calendars/{feedTokens.Of(own.Territory, own.Id)}.ics" : null;
}
