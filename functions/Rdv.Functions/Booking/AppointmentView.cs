using System.Text.Json.Serialization;
using NodaTime;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.People;

namespace Rdv.Functions.Booking;

public sealed record StructureRef(string Id, string Name);

public sealed record PlaceRef(string Id, string Name, string? Address, string? Postcode, string Commune, string? Access);

/// <summary>Where an advisor comes to.</summary>
/// <param name="Address">Number and street, for staff; left out for who has the link, which is passed on.</param>
public sealed record HomeRef([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Address, string Insee, string Commune)
{
    public static HomeRef? Of(HomeAddress? home, bool forStaff) =>
        home is null ? null : new(forStaff ? home.Street : null, home.Insee, Communes.Find(home.Insee)?.Name ?? "");

    // A record would print every property: a log line must not carry an address.
    public override string ToString() => nameof(HomeRef);
}

public sealed record AdvisorRef(string Id, string DisplayName);

/// <summary>A session of a course in which the person is enrolled.</summary>
public sealed record SessionView(string Reference, int Number, string Start, string End, string PlaceId, string Status);

/// <summary>An appointment as the person who has its key reads it.</summary>
public record AppointmentView
{
    protected AppointmentView(Appointment appointment, TerritoryDirectory directory, RdvSettings settings, Links links, string? video, IReadOnlyList<Appointment>? enrolled)
    {
        var territory = appointment.Territory;
        var place = directory.Places.GetValueOrDefault(appointment.PlaceId);
        Reference = appointment.Reference.ToString();
        Status = WordOf(appointment.Status);
        CancelledBy = appointment.CancelledBy is { } by ? ActorWords.Of(by) : null;
        Version = appointment.Version;
        Start = Values.Format(appointment.Start, territory);
        End = Values.Format(appointment.End, territory);
        Minutes = appointment.Minutes;
        TimeZone = territory.Zone.Id;
        Topic = appointment.Topic;
        WorkshopId = appointment.Seat?.Id.Value;
        CourseId = appointment.Seat?.Session?.Course.Value;
        Sessions = enrolled is null ? null : [.. enrolled.Select(session => new SessionView(
            session.Reference.ToString(),
            session.Seat!.Session!.Value.Number,
            Values.Format(session.Start, territory),
            Values.Format(session.End, territory),
            session.PlaceId.Value,
            WordOf(session.Status)))];
        Means = MeansWords.UnlessPlace(appointment.Means);
        VideoLink = video;
        Home = HomeRef.Of(appointment.Home, this is StaffAppointmentView);
        Structure = new StructureRef(appointment.StructureId.Value, directory.Structures.GetValueOrDefault(appointment.StructureId)?.Name ?? "");
        Place = new PlaceRef(
            appointment.PlaceId.Value, place?.Name ?? "", place?.Address, place?.Postcode, place?.Commune ?? "", place?.Access);
        Advisor = new AdvisorRef(appointment.AdvisorId.Value, directory.Advisors.GetValueOrDefault(appointment.AdvisorId)?.DisplayName ?? "");
        Hotline = settings.HotlinePhone;
        ManageUrl = ManageLink.Of(appointment, settings, links);
        Key = links.KeyOf(appointment);
    }

    public string Reference { get; }

    public string Status { get; }

    /// <summary><c>citizen</c>, <c>hotline</c> or <c>advisor</c>; null unless cancelled.</summary>
    public string? CancelledBy { get; }

    public int Version { get; }

    public string Start { get; }

    public string End { get; }

    public int Minutes { get; }

    public string TimeZone { get; }

    public string Topic { get; }

    /// <summary>Null for an individual appointment.</summary>
    public string? WorkshopId { get; }

    /// <summary>Of a seat in a session of a course; left out of anything else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CourseId { get; }

    /// <summary>All that was booked with it, by time; left out of what was booked alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SessionView>? Sessions { get; }

    /// <summary><c>phone</c>, <c>video</c> or <c>home</c>; left out at the place.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Means { get; }

    /// <summary>What is opened at the hour; left out before it is told, which staff is at once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? VideoLink { get; }

    /// <summary>Left out where one does not meet at home, and once it is cancelled.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HomeRef? Home { get; }

    public StructureRef Structure { get; }

    public PlaceRef Place { get; }

    public AdvisorRef Advisor { get; }

    public string Hotline { get; }

    public string ManageUrl { get; }

    public string Key { get; }

    /// <param name="enrolled">All of its enrolment, by time; null when it was booked alone.</param>
    public static AppointmentView Of(
        Appointment appointment, TerritoryDirectory directory, RdvSettings settings, Links links, Instant now, IReadOnlyList<Appointment>? enrolled) =>
        new(appointment, directory, settings, links, VideoRoom.Of(appointment, directory, now).Told, enrolled);

    private static string WordOf(AppointmentStatus status) => status switch
    {
        AppointmentStatus.Booked => "booked",
        AppointmentStatus.Cancelled => "cancelled",
        AppointmentStatus.Kept => "kept",
        AppointmentStatus.Missed => "missed",
        _ => throw new InvalidOperationException("A status without a word."),
    };
}
