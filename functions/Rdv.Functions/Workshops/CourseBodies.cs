using Rdv.Functions.Http;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Workshops;

namespace Rdv.Functions.Workshops;

/// <summary>A session in the body of a course; at the place of the course when it names none.</summary>
public sealed record SessionBody(string? Start, string? PlaceId = null);

/// <summary>The body of a course that is planned. <c>minutes</c> is 120 when left out, of each session.</summary>
public sealed record CourseBody(
    string? Title, string? Topic, int? Minutes, string? PlaceId, int? Seats, IReadOnlyList<SessionBody?>? Sessions, string? CoAdvisorId = null) : IStarting
{
    /// <summary>Of the sessions, the first that cannot be read: it is told as it was written.</summary>
    string? IStarting.Start => Sessions?.FirstOrDefault(session => session?.Start is { } start && Values.ParseInstant(start) is null)?.Start;

    public CourseRequest ToRequest(Territory territory, AdvisorId advisor, RequestIdentity identity) => new(
        territory,
        advisor,
        Title,
        Topic,
        Minutes ?? Workshop.DefaultMinutes,
        PlaceId,
        Seats,
        Sessions is null ? null : [.. Sessions.Select(session => new SessionRequest(Values.ParseInstant(session?.Start), session?.PlaceId))],
        identity)
    {
        CoAdvisorId = CoAdvisorId,
    };
}
