using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Rdv.Booking;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;
using Rdv.Workshops;

namespace Rdv.Tests.Infrastructure;

/// <summary>A booking that is asked for: each test states what matters to it.</summary>
internal sealed record AnAppointment
{
    private static int _people;

    // Everyone has a number of their own: numbers kept for fiction.
    private readonly string _mobile = "06 39 98 " + (Interlocked.Increment(ref _people) % 10_000).ToString("00 00", CultureInfo.InvariantCulture);

    private LocalDateTime Start { get; init; } = new(2026, 11, 24, 9, 0);

    private Instant? Exactly { get; init; }

    private string? AdvisorId { get; init; }

    private string PlaceId { get; init; } = Directories.Place.Value;

    private string? HoldToken { get; init; }

    private string? Key { get; init; }

    private string? Phone { get; init; }

    private string Name { get; init; } = "Odette Fictive";

    private HelperForm? Helper { get; init; }

    private Actor By { get; init; } = Actor.Citizen;

    private bool TwoHours { get; init; }

    private WorkshopId? Workshop { get; init; }

    private CourseId? Course { get; init; }

    private string? Means { get; init; }

    private HomeForm? Home { get; init; }

    private bool Signs { get; init; }

    /// <param name="wallTime"><c>2026-11-24T09:00</c>, in the territory.</param>
    public AnAppointment At(string wallTime) => this with { Start = Wall(wallTime) };

    public AnAppointment At(Instant instant) => this with { Exactly = instant };

    public AnAppointment AtPlace(string place) => this with { PlaceId = place };

    public AnAppointment With(string advisor) => this with { AdvisorId = advisor };

    public AnAppointment Keeping(HoldToken hold) => this with { HoldToken = hold.ToString() };

    /// <summary>The advisor calls.</summary>
    public AnAppointment ByPhone() => this with { Means = "phone" };

    /// <summary>Behind the advisor's link.</summary>
    public AnAppointment ByVideo() => this with { Means = "video" };

    /// <summary>The advisor comes to that home.</summary>
    public AnAppointment AtHome(string address, string insee) => this with { Means = "home", Home = new HomeForm(address, insee) };

    /// <summary>Half as long again.</summary>
    public AnAppointment Signing() => this with { Signs = true };

    /// <summary>A seat in a workshop.</summary>
    public AnAppointment In(Workshop workshop) => this with { Workshop = workshop.Id };

    /// <summary>An enrolment in a course.</summary>
    public AnAppointment InCourse(CourseId course) => this with { Course = course };

    /// <summary>With an <c>Idempotency-Key</c>.</summary>
    public AnAppointment Under(string key) => this with { Key = key };

    public AnAppointment For(string name) => this with { Name = name };

    public AnAppointment Calling(string phone) => this with { Phone = phone };

    public AnAppointment OnALandline() => this with { Phone = "04 78 00 00 00" };

    public AnAppointment HelpedBy(string phone) => this with { Helper = new HelperForm("Aline Fictive", phone, true) };

    public AnAppointment BookedBy(Actor actor) => this with { By = actor };

    public AnAppointment RemindedTwoHoursBefore() => this with { TwoHours = true };

    public BookingRequest In(Territory territory) => new(
        territory,
        "premiers-pas",
        Exactly ?? Start.InZoneLeniently(territory.Zone).ToInstant(),
        PlaceId,
        AdvisorId,
        HoldToken,
        new CitizenForm(Name, Phone ?? _mobile, ReminderTwoHours: TwoHours),
        Helper,
        null,
        By,
        RequestIdentity.Of("book", Key, $"{Start}|{Exactly}|{PlaceId}|{AdvisorId}|{Name}|{Phone}|{Workshop}|{Course}"),
        Workshop?.Value)
    {
        Means = Means,
        Home = Home,
        Signs = Signs,
        CourseId = Course?.Value,
    };

    public static LocalDateTime Wall(string wallTime) => LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(wallTime).Value;
}
