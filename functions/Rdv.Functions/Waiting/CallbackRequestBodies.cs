using Rdv.Booking;
using Rdv.Functions.Booking;
using Rdv.Territories;
using Rdv.Waiting;

namespace Rdv.Functions.Waiting;

/// <summary>The body of <c>POST /api/callback-requests</c>.</summary>
public sealed record CallbackRequestBody(string? Territory, string? Topic, string? Insee, CitizenBody? Citizen, string? Note)
{
    public CallbackRequest ToRequest(Territory territory, RequestIdentity identity) =>
        new(territory, Topic, Insee, Citizen?.ToForm(), Note, Actor.Citizen, identity);
}

/// <summary>The body of <c>POST /api/callback-requests/{id}/claim</c>.</summary>
/// <param name="Start">Null for the last slot that was offered.</param>
public sealed record ClaimBody(string? Key, string? Start, string? PlaceId);

/// <summary>The body of <c>POST /api/callback-requests/{id}/cancel</c>.</summary>
public sealed record KeyBody(string? Key);
