using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;

namespace Rdv.Functions.Agenda;

/// <summary>The body of a leave.</summary>
public sealed record LeaveBody(string? On);

/// <summary>When an advisor receives.</summary>
public sealed class AdvisorHours(ChangeOpeningHours change, PlanLeave planLeave, ITerritoryDirectories directories, AgendaStaff staff)
{
    [Function("GetOpeningHours")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/advisors/{territory}/{id}/opening-hours")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync(request, territory, id, async (_, where, advisor) =>
            Json.Ok((await directories.ReloadAsync(where, cancellationToken)).Advisors[advisor].Hours.Select(OpeningHoursBody.Of)), cancellationToken);

    [Function("PutOpeningHours")]
    public Task<IResult> PutAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/advisors/{territory}/{id}/opening-hours")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync(request, territory, id, async (_, where, advisor) =>
    {
        var (body, problem) = await JsonBody.ReadAsync<OpeningHoursBody?[]>(request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        var errors = new FieldErrors();
        var hours = body.Select((period, i) => (period ?? new OpeningHoursBody(null, null, null, null, null, null, null, null)).Read($"[{i}]", errors)).ToList();
        if (errors.Any)
        {
            return Problems.Invalid(errors);
        }

        return await change.ExecuteAsync(where, advisor, [.. hours.OfType<OpeningHours>()], cancellationToken) switch
        {
            ChangeHoursOutcome.Changed changed => Json.Ok(new { changed.Version, Outside = changed.Outside.Select(reference => reference.ToString()) }),
            ChangeHoursOutcome.Invalid invalid => Problems.Invalid(invalid.Errors),
            ChangeHoursOutcome.Overlap overlap => Problems.Overlap(
                $"{OpeningHoursText.Print([overlap.First])} et {OpeningHoursText.Print([overlap.Second])} couvrent le même moment."),
            ChangeHoursOutcome.NotFound => Problems.NotFound(),
            ChangeHoursOutcome.Busy => Problems.Busy(),
            _ => throw new InvalidOperationException("An outcome without an answer."),
        };
    }, cancellationToken);

    [Function("PlanLeave")]
    public Task<IResult> LeaveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/advisors/{territory}/{id}/leave")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync(request, territory, id, async (member, where, advisor) =>
    {
        // An advisor does not sign their own departure.
        if (member is StaffMember.Advisor)
        {
            return Problems.Forbidden();
        }

        var (body, problem) = await JsonBody.ReadAsync<LeaveBody>(request, cancellationToken);
        if (body is null)
        {
            return problem!;
        }

        if (Values.ParseDay(body.On) is not { } on)
        {
            return Problems.Invalid("on", "Ce jour ne se lit pas. Exemple : 2026-11-24.");
        }

        return await planLeave.ExecuteAsync(where, advisor, on, cancellationToken) switch
        {
            LeaveOutcome.Planned planned => Json.Ok(new { On = Values.Format(planned.On), After = planned.After.Select(reference => reference.ToString()) }),
            LeaveOutcome.NotFound => Problems.NotFound(),
            LeaveOutcome.Busy => Problems.Busy(),
            _ => throw new InvalidOperationException("An outcome without an answer."),
        };
    }, cancellationToken);
}
