using Rdv.Booking;
using Rdv.Directory;
using Rdv.Functions.Booking;
using Rdv.Functions.Http;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;

namespace Rdv.Functions.Visits;

/// <summary>The body of a follow-up, or of a visit without an appointment (<c>walkIn: true</c>, the rest is not needed).</summary>
public sealed record VisitBody(
    string? Topic, string? Start, string? PlaceId, string? AdvisorId, string? Hold, CitizenBody? Citizen, HelperBody? Helper, string? Note, bool? WalkIn, string? WorkshopId, string? Means = null, HomeBody? Home = null, string? CourseId = null, bool? SignLanguage = null) : IStarting
{
    /// <param name="advisor">Whose agenda the caller may change: the body names no other.</param>
    public Result<BookingRequest> Read(Territory territory, AdvisorId advisor, RequestIdentity identity) => AdvisorId is { } other && other != advisor.Value
        ? new Refusal.Forbidden()
        : new BookBody(territory.Code, Topic, Start, PlaceId, advisor.Value, Hold, Citizen, Helper, Note, WorkshopId, Means, Home, CourseId, SignLanguage).ToRequest(territory, Actor.Advisor, identity)
            with
        { OnlyWith = advisor };
}

/// <summary>What came of an appointment: <c>kept</c> or <c>missed</c>.</summary>
public sealed record OutcomeBody(string? Outcome)
{
    /// <returns>Whether the person came.</returns>
    public Result<bool> Read() => Outcome is "kept" or "missed"
        ? Outcome == "kept"
        : new Refusal.Invalid("outcome", "Dites si la personne est venue : kept ou missed.");
}
