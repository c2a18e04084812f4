using Rdv.Functions.Http;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Workshops;

namespace Rdv.Functions.Workshops;

/// <summary>The body of a workshop that is planned. <c>minutes</c> is 120 when left out.</summary>
public sealed record WorkshopBody(string? Title, string? Topic, string? Start, int? Minutes, string? PlaceId, int? Seats, string? CoAdvisorId = null) : IStarting
{
    public WorkshopRequest ToRequest(Territory territory, AdvisorId advisor, RequestIdentity identity) => new(
        territory, advisor, Title, Topic, Values.ParseInstant(Start), Minutes ?? Workshop.DefaultMinutes, PlaceId, Seats, identity)
    {
        CoAdvisorId = CoAdvisorId,
    };
}

/// <summary>The body of the cancellation of a whole workshop.</summary>
public sealed record CancelWorkshopBody(string? Reason);

/// <summary>The body of a move of a whole workshop.</summary>
public sealed record MoveWorkshopBody(string? Start, string? PlaceId) : IStarting;
