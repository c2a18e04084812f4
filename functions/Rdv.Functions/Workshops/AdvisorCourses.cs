using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Functions.Http;
using Rdv.Functions.Previews;
using Rdv.Functions.Staff;
using Rdv.Ids;
using Rdv.Previews;
using Rdv.Workshops;

namespace Rdv.Functions.Workshops;

/// <summary>Plans and cancels the courses of an advisor. A session is moved, or cancelled alone, as the workshop that it is.</summary>
public sealed class AdvisorCourses(PlanCourse plan, CancelCourse cancel, PreviewChanges preview, AgendaStaff staff)
{
    [Function("PlanCourse")]
    public Task<IResult> PlanAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/advisors/{territory}/{id}/courses")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken) => staff.RunAsync<CourseBody>(request, territory, id, "course", async (body, where, advisor, identity) =>
            (await plan.ExecuteAsync(body.ToRequest(where, advisor, identity), cancellationToken))
            .ToHttp(planned => Json.Created(CourseView.Of(planned.Id, planned.Sessions), location: null, planned.Repeated)), cancellationToken);

    [Function("CancelCourse")]
    public Task<IResult> CancelAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/advisors/{territory}/{id}/courses/{course}/cancel")] HttpRequest request,
        string territory,
        string id,
        string course,
        CancellationToken cancellationToken) => staff.RunAsync<CancelWorkshopBody>(request, territory, id, async (body, where, advisor) =>
            !CourseId.TryParse(course, out var parsed) ? Problems.NotFound()
                : PreviewView.IsAsked(request)
                ? (await preview.CancelCourseAsync(where, advisor, parsed, body.Reason, cancellationToken)).ToHttp(PreviewView.Of)
                : (await cancel.ExecuteAsync(where, advisor, parsed, body.Reason, cancellationToken))
                    .ToHttp(done => Json.Ok(CourseView.Of(parsed, done.Course.Sessions.Select(session => session.Value)))), cancellationToken);
}
