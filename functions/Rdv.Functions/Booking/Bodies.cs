using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;

namespace Rdv.Functions.Booking;

/// <summary>The citizen in a body.</summary>
public sealed record CitizenBody(string? Name, string? Phone, string? Email, string? Business, string? Needs, bool? ReminderTwoHours)
{
    public CitizenForm ToForm() => new(Name, Phone, Email, Business, Needs, ReminderTwoHours ?? false);
}

/// <summary>The helper in a body.</summary>
public sealed record HelperBody(string? Name, string? Phone, bool? Consent)
{
    public HelperForm ToForm() => new(Name, Phone, Consent ?? false);
}

/// <summary>Where somebody lives, in a body. A hold needs the commune only.</summary>
public sealed record HomeBody(string? Address, string? Insee)
{
    public HomeForm ToForm() => new(Address, Insee);

    // A record would print every property: a log line must not carry an address.
    public override string ToString() => nameof(HomeBody);
}

/// <summary>The body of <c>POST /api/appointments</c> and of its forms for staff.</summary>
public sealed record BookBody(
    string? Territory,
    string? Topic,
    string? Start,
    string? PlaceId,
    string? AdvisorId,
    string? Hold,
    CitizenBody? Citizen,
    HelperBody? Helper,
    string? Note,
    string? WorkshopId = null,
    string? Means = null,
    HomeBody? Home = null,
    string? CourseId = null,
    bool? SignLanguage = null) : IInTerritory, IStarting
{
    public BookingRequest ToRequest(Territory territory, Actor by, RequestIdentity identity) => new(
        territory, Topic, Values.ParseInstant(Start), PlaceId, AdvisorId, Hold, Citizen?.ToForm(), Helper?.ToForm(), Note, by, identity, WorkshopId)
    {
        Means = Means,
        Home = Home?.ToForm(),
        CourseId = CourseId,
        Signs = SignLanguage ?? false,
    };
}

/// <summary>The body of <c>POST /api/holds</c>.</summary>
public sealed record HoldBody(string? Territory, string? Topic, string? Start, string? PlaceId, string? AdvisorId, string? Means = null, HomeBody? Home = null, bool? SignLanguage = null) : IInTerritory, IStarting
{
    public HoldRequest ToRequest(Territory territory, RequestIdentity identity) =>
        new(territory, Topic, Values.ParseInstant(Start), PlaceId, AdvisorId, identity) { Means = Means, Home = Home?.Insee, Signs = SignLanguage ?? false };
}

/// <summary>The body of a cancellation; staff need no key.</summary>
/// <param name="OnlySession">Of an enrolment in a course, this session alone; all that are to come when left out.</param>
public sealed record CancelBody(string? Key, string? Reason, bool? OnlySession = null)
{
    public bool IsWhole => OnlySession != true;
}

/// <summary>The body of a move; staff need no key.</summary>
public sealed record MoveBody(string? Key, string? Start, string? PlaceId, string? AdvisorId, int? Version) : IStarting
{
    public MoveRequest ToRequest(AppointmentReference reference, Access access) =>
        new(reference, access, Values.ParseInstant(Start), PlaceId, AdvisorId, Hold: null, Version);
}

/// <summary>The body of <c>POST /api/appointments/{reference}/link</c>.</summary>
public sealed record LinkBody(string? Phone);
