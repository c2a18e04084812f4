using NodaTime;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Language;
using Rdv.Messages;
using Rdv.People;

namespace Rdv.Pages.Shared;

public enum AppointmentState
{
    ToCome,
    Past,
    Cancelled,
}

/// <summary>One session of a course in which the person is enrolled.</summary>
/// <param name="Became">What has become of it, in words; null for one that is to come.</param>
public sealed record EnrolledSession(string Reference, LocalDateTime Start, string When, AppointmentState State, string? Became);

/// <summary>One appointment, in the words of a page.</summary>
/// <param name="SpelledReference">Character by character, to be dictated or read aloud.</param>
/// <param name="Access">How to get in.</param>
/// <param name="ReminderOn">The day of the reminder, in words; null when there is none.</param>
/// <param name="PhoneEnd">The last two digits: enough to recognise one's own number, of no use to another.</param>
/// <param name="Citizen">For staff only, with <paramref name="Phone"/>, <paramref name="Needs"/> and <paramref name="Note"/>.</param>
public sealed record AppointmentCard(
    string Reference,
    string SpelledReference,
    AppointmentState State,
    int Version,
    SlotSummary Slot,
    LocalDateTime Start,
    string? Access,
    string? Advisor,
    bool GetsSms,
    string PhoneEnd,
    string? ReminderOn,
    string? HelperName,
    string Citizen,
    string Phone,
    string? Needs,
    string? Note)
{
    /// <summary>A seat in a workshop.</summary>
    public bool IsSeat => Slot.Workshop is not null;

    /// <summary>A seat does not move alone.</summary>
    public bool MayMove => State == AppointmentState.ToCome && !IsSeat;

    /// <summary>Something could be earlier: it is not of today.</summary>
    public bool MayBeEarlier { get; init; }

    /// <summary>Where the advisor comes to, for staff only: a link is passed on.</summary>
    public string? Home { get; init; }

    /// <summary>What is opened at the hour, once it is told; null otherwise.</summary>
    public string? VideoLink { get; init; }

    /// <summary>"Aujourd'hui" or "Demain", when it is.</summary>
    public string? Nearly { get; init; }

    /// <summary>Where the place is on a map; null when one does not go there.</summary>
    public string? Map { get; init; }

    /// <summary>The advisor cancelled it: for a seat, the whole workshop.</summary>
    public bool CancelledByAdvisor { get; init; }

    /// <summary>All that was booked with it, by time: the sessions of a course. Empty for what was booked alone.</summary>
    public IReadOnlyList<EnrolledSession> Sessions { get; init; } = [];

    public bool IsEnrolment => Sessions.Count > 0;

    /// <summary>Those that can still be given up.</summary>
    public IEnumerable<EnrolledSession> ToCome => Sessions.Where(session => session.State == AppointmentState.ToCome);

    /// <summary>It, or another session of its course, is to come.</summary>
    public bool MayCancel => State == AppointmentState.ToCome || ToCome.Any();

    /// <param name="enrolled">All of its enrolment, by time; null when it was booked alone.</param>
    public static AppointmentCard Of(Appointment appointment, TerritoryDirectory directory, Instant now, IReadOnlyList<Appointment>? enrolled = null)
    {
        var place = directory.Places.GetValueOrDefault(appointment.PlaceId);
        var topic = Topics.Find(appointment.Topic);
        var zone = appointment.Territory.Zone;
        var video = VideoRoom.Of(appointment, directory, now);
        return new AppointmentCard(
            appointment.Reference.ToString(),
            Spell(appointment.Reference.ToString()),
            StateOf(appointment, now),
            appointment.Version,
            appointment.Means != Means.Place ? SlotSummary.By(
                appointment.Means,
                topic?.Label ?? appointment.Topic,
                appointment.LocalStart,
                appointment.Minutes,
                How(appointment, video)) : new SlotSummary(
                topic?.Label ?? appointment.Topic,
                Words.MomentWithYear(appointment.LocalStart),
                appointment.Minutes,
                place?.ShownName ?? appointment.PlaceId.Value,
                place is null ? "" : PlaceText.Address(place),
                appointment.Seat?.Title)
                {
                    Session = appointment.Seat?.Session?.Number,
                },
            appointment.LocalStart,
            appointment.Means != Means.Place ? null : place?.Access,
            directory.Advisors.GetValueOrDefault(appointment.AdvisorId)?.DisplayName,
            appointment.Citizen.Phone.CanReceiveSms,
            appointment.Citizen.Phone.E164[^2..],
            ReminderOf(appointment, now) is { } reminder ? DayOf(reminder.InZone(zone).Date, now.InZone(zone).Date) : null,
            appointment.Helper?.Name,
            appointment.Citizen.Name,
            appointment.Citizen.Phone.ToNational(),
            appointment.Citizen.Needs,
            appointment.Note)
        {
            VideoLink = video.Told,
            Home = appointment.Home is { } home ? $"{home.Street}, {CommuneOf(home)}" : null,
            MayBeEarlier = appointment.Status == AppointmentStatus.Booked && appointment.Seat is null && appointment.LocalStart.Date > now.InZone(zone).Date,
            Nearly = appointment.Status == AppointmentStatus.Booked && appointment.Start > now
                ? Period.DaysBetween(now.InZone(zone).Date, appointment.LocalStart.Date) switch { 0 => "Aujourd'hui", 1 => "Demain", _ => null }
                : null,
            Map = appointment.Means == Means.Place && place is not null ? PlaceText.Map(place) : null,
            CancelledByAdvisor = appointment.CancelledBy == Actor.Advisor,
            Sessions = enrolled is null ? [] : [.. enrolled.Select(session => new EnrolledSession(
                session.Reference.ToString(),
                session.LocalStart,
                session.PlaceId == appointment.PlaceId
                    ? Words.Moment(session.LocalStart)
                    : $"{Words.Moment(session.LocalStart)}, {directory.Places.GetValueOrDefault(session.PlaceId)?.ShownName}",
                StateOf(session, now),
                session.Status switch
                {
                    AppointmentStatus.Cancelled => "annulée",
                    AppointmentStatus.Kept => "vous êtes venu",
                    AppointmentStatus.Missed => "vous n'êtes pas venu",
                    _ => session.Start > now ? null : "passée",
                }))],
        };
    }

    private static string CommuneOf(HomeAddress home) => Communes.Find(home.Insee)?.Name ?? "";

    private static string How(Appointment appointment, VideoRoom video) => (appointment.Means, video) switch
    {
        (Means.Phone, _) => $"Votre conseiller vous appelle au numéro qui finit par {appointment.Citizen.Phone.E164[^2..]}.",
        (Means.Home, _) => appointment.Home is { } home ? $"Votre conseiller vient chez vous, à {CommuneOf(home)}." : "Votre conseiller vient chez vous.",
        (_, { IsTold: false }) => "Votre conseiller vous reçoit en vidéo. Le lien est sur cette page la veille.",
        (_, { Link: null }) => "Votre conseiller vous reçoit en vidéo. Pour le lien, appelez-nous.",
        _ => "À l'heure du rendez-vous, ouvrez ce lien\u00a0:",
    };

    private static AppointmentState StateOf(Appointment appointment, Instant now) =>
        appointment.Status == AppointmentStatus.Cancelled ? AppointmentState.Cancelled
        : appointment.Status == AppointmentStatus.Booked && appointment.Start > now ? AppointmentState.ToCome
        : AppointmentState.Past;

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => Reference;

    // The reminder was planned when the appointment was booked; a move plans it anew, at an instant that the row does not keep.
    private static Instant? ReminderOf(Appointment appointment, Instant now)
    {
        var times = ReminderTimes.Of(appointment, appointment.Version == 1 ? appointment.CreatedAt : now);
        Instant?[] planned = appointment.Citizen.Phone.CanReceiveSms ? [appointment.Enrolment is null ? times.Ahead() : null, times.Eve()] : [times.Call()];
        return planned.FirstOrDefault(reminder => reminder > now);
    }

    private static string DayOf(LocalDate date, LocalDate today) =>
        date == today ? "aujourd'hui" : date == today.PlusDays(1) ? "demain" : FrenchDates.Date(date);

    private static string Spell(string reference) =>
        string.Join(", ", reference.Split('-').Select((part, index) => index == 0 ? part : string.Join(' ', part.ToCharArray())));
}
