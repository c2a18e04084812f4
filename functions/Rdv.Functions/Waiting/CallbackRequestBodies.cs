using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Functions.Booking;
using Rdv.Functions.Http;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;
using Rdv.Waiting;

namespace Rdv.Functions.Waiting;

/// <summary>The body of <c>POST /api/callback-requests</c>.</summary>
/// <param name="WorkshopId">A full workshop in which to wait for a seat; the topic may then be left out.</param>
/// <param name="CourseId">A full course, in place of a workshop.</param>
public sealed record CallbackRequestBody(
    string? Territory, string? Topic, string? Insee, CitizenBody? Citizen, string? Note, string? WorkshopId = null, string? Means = null, HomeBody? Home = null, string? CourseId = null,
    bool? SignLanguage = null) : IInTerritory
{
    public CallbackRequest ToRequest(Territory territory, RequestIdentity identity) =>
        new(territory, Topic, Insee, Citizen?.ToForm(), Note, Actor.Citizen, identity, WorkshopId) { Means = Means, Home = Home?.ToForm(), CourseId = CourseId, Signs = SignLanguage ?? false };
}

/// <summary>The body of <c>POST /api/callback-requests/{id}/claim</c>.</summary>
/// <param name="Start">Null for the last slot that was offered.</param>
public sealed record ClaimBody(string? Key, string? Start, string? PlaceId) : IStarting
{
    public ClaimRequest ToRequest(WaitingId person) =>
        new(person, new Access.ByKey(Key), Values.ParseInstant(Start), PlaceId is null ? null : new PlaceId(PlaceId));
}

/// <summary>The body of <c>POST /api/callback-requests/{id}/cancel</c>.</summary>
public sealed record KeyBody(string? Key);
