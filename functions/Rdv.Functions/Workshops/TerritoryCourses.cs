using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Functions.Http;
using Rdv.Territories;
using Rdv.Workshops;

namespace Rdv.Functions.Workshops;

/// <summary>The courses in which anyone may enrol, and those that have begun.</summary>
public sealed class TerritoryCourses(ListCourses list)
{
    [Function("Courses")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/territories/{territory}/courses")] HttpRequest request,
        string territory,
        CancellationToken cancellationToken) => Territory.TryParse(territory, out var where)
            ? (await DaysAsked.Read(request, ListWorkshops.DefaultDays).ThenAsync(asked => list.ExecuteAsync(where, asked.From, asked.Days, cancellationToken)))
                .ToHttp(found => Json.Ok(found.Courses.Select(course => View(course, where))).Compress())
            : Problems.NotFound();

    private static object View(PlannedCourse course, Territory territory) => new
    {
        Id = course.Id.Value,
        course.First.Title,
        course.First.Topic,
        course.First.Minutes,
        course.First.Seats,
        course.SeatsLeft,
        Begun = course.HasBegun,
        Sessions = course.Sessions.Select(session => new
        {
            WorkshopId = session.Id.Value,
            session.Session!.Value.Number,
            Start = Values.Format(session.Start, territory),
            PlaceId = session.PlaceId.Value,
            session.SeatsLeft,
        }),
    };
}
