using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.People;

namespace Rdv.Invites;

/// <summary>
/// Appointments as iCalendar (RFC 5545, RFC 5546): one builder for invites, the advisor's feed and the citizen's file, so that they
/// never disagree about an appointment.
/// </summary>
/// <remarks>
/// The UID is the reference and stays the same in invites, updates, cancellations and feeds; SEQUENCE rises with each version. Times are
/// UTC without VTIMEZONE: a single appointment needs none, and one made from the time zone database is wrong for fixed overseas zones.
/// PARTSTAT=ACCEPTED and RSVP=FALSE, since nobody would read a refusal.
/// </remarks>
public sealed class CalendarEvents(RdvSettings settings, Links links)
{
    public const string Request = "REQUEST";
    public const string Cancel = "CANCEL";
    public const string Publish = "PUBLISH";

    private const string OrganizerName = "Conseiller numérique";
    private const string ProductId = "-//Rdv//Rendez-vous numerique//FR";

    /// <summary>For the advisor's mail: METHOD REQUEST, or CANCEL once the appointment is cancelled.</summary>
    /// <param name="email">Where the advisor receives mail.</param>
    /// <param name="stamp">DTSTAMP: when this object was made.</param>
    public string Invite(Appointment appointment, TerritoryDirectory directory, Advisor advisor, string email, Instant stamp) =>
        Serialize(Of(MethodOf(appointment), [ForAdvisor(appointment, directory, advisor, email, stamp)]));

    /// <summary>What takes an appointment out of the calendar of an advisor who does not hold it any more.</summary>
    public string Withdrawal(Appointment appointment, TerritoryDirectory directory, Advisor advisor, string email, Instant stamp)
    {
        var withdrawn = ForAdvisor(appointment, directory, advisor, email, stamp);
        withdrawn.Status = EventStatus.Cancelled;
        return Serialize(Of(Cancel, [withdrawn]));
    }

    /// <summary>For the mail to the advisor of a workshop: METHOD REQUEST, or CANCEL once the workshop is cancelled.</summary>
    /// <param name="email">Where the advisor receives mail.</param>
    /// <param name="stamp">DTSTAMP: when this object was made. A change of the seats alone leaves SEQUENCE as it is, and is newer by it.</param>
    public string ForWorkshop(WorkshopWithSeats workshop, TerritoryDirectory directory, Advisor advisor, string email, Instant stamp) =>
        Serialize(Of(workshop.Workshop.IsCancelled ? Cancel : Request, [EventOf(workshop, directory, advisor, email, stamp)]));

    /// <summary>The method of an advisor's mail about the appointment as it is now.</summary>
    public static string MethodOf(Appointment appointment) => appointment.Status == AppointmentStatus.Cancelled ? Cancel : Request;

    /// <summary>The advisor's subscription.</summary>
    /// <remarks>
    /// Cancelled appointments are left out: a subscription shows what is in it, and readers disagree about STATUS:CANCELLED there
    /// (some still show the time as busy). DTSTAMP is the booking's instant, so that an unchanged feed is the same to the byte and
    /// its ETag holds. There is no METHOD, which would forbid ATTENDEE (RFC 5546, 3.2.1).
    /// </remarks>
    public string Feed(
        IEnumerable<Appointment> appointments, IEnumerable<WorkshopWithSeats> workshops, TerritoryDirectory directory, Advisor advisor)
    {
        var calendar = Of(
            null,
            appointments
                .Where(appointment => appointment.Status != AppointmentStatus.Cancelled)
                .OrderBy(appointment => appointment.Start)
                .ThenBy(appointment => appointment.Reference.Code, StringComparer.Ordinal)
                .Select(appointment => ForAdvisor(appointment, directory, advisor, advisor.Email, appointment.CreatedAt))
                .Concat(workshops
                    .Where(workshop => !workshop.Workshop.IsCancelled)
                    .OrderBy(workshop => workshop.Workshop.Start)
                    .Select(workshop => EventOf(workshop, directory, advisor, advisor.Email, workshop.Workshop.CreatedAt))));
        calendar.AddProperty("X-WR-CALNAME", "Conseiller numérique");
        calendar.AddProperty("X-PUBLISHED-TTL", "PT1H");
        return Serialize(calendar);
    }

    /// <summary>The citizen's <c>calendar.ics</c>: METHOD PUBLISH, which nobody answers.</summary>
    /// <param name="appointments">One, or all sessions of a course.</param>
    public string ForCitizen(IEnumerable<Appointment> appointments, TerritoryDirectory directory, Instant stamp) =>
        Serialize(Of(Publish, appointments.Select(appointment => ForCitizen(appointment, directory, stamp))));

    private CalendarEvent ForCitizen(Appointment appointment, TerritoryDirectory directory, Instant stamp)
    {
        var citizens = Core(appointment, directory, stamp);
        citizens.Summary = CalendarText.Line(SummaryFor(appointment, directory));
        if (appointment.Status == AppointmentStatus.Booked)
        {
            // The day before, to prepare; two hours before, to leave.
            foreach (var before in new[] { Ical.Net.DataTypes.Duration.FromDays(-1), Ical.Net.DataTypes.Duration.FromHours(-2) })
            {
                citizens.Alarms.Add(new Alarm { Action = AlarmAction.Display, Trigger = new Trigger(before), Description = citizens.Summary });
            }
        }

        var phone = appointment.Means == Means.Phone ? appointment.Citizen.Phone.E164[^2..] : null;
        var video = VideoRoom.Of(appointment, directory, stamp).Told;
        citizens.Location = appointment.Means switch
        {
            // Whoever has the link reads it: the number itself is not told.
            Means.Phone => "Par téléphone",
            Means.Video => CalendarText.Line(video ?? "En vidéo"),
            Means.Home => "Chez vous",
            _ => citizens.Location,
        };

        citizens.Description = string.Join('\n', Lines(
            ("Par téléphone", phone is null ? null : $"votre conseiller vous appelle au numéro qui finit par {phone}"),
            ("En vidéo", appointment.Means != Means.Video ? null : video is null ? "le lien est sur la page de votre rendez-vous, la veille" : $"ouvrez {video}"),
            ("Structure", directory.Structures.GetValueOrDefault(appointment.StructureId)?.ShownName),
            ("Conseiller", directory.Advisors.GetValueOrDefault(appointment.AdvisorId)?.DisplayName),
            ("Accès", appointment.Means != Means.Place ? null : directory.Places.GetValueOrDefault(appointment.PlaceId)?.Access),
            ("Une question ? Appelez le", settings.HotlinePhone),
            ("Référence", appointment.Reference.ToString()),
            ("Changer ou annuler", ManageLink.Of(appointment, settings, links))));
        return citizens;
    }

    /// <summary>What it is, and where, at a glance among what else a person has.</summary>
    private static string SummaryFor(Appointment appointment, TerritoryDirectory directory)
    {
        var what = appointment.Seat is { } seat ? "Atelier : " + WordsOfOthers.Text(seat.Title) : OrganizerName;
        var where = appointment.Means switch
        {
            Means.Phone => "par téléphone",
            Means.Video => "en vidéo",
            Means.Home => "chez vous",
            _ => directory.Places.GetValueOrDefault(appointment.PlaceId)?.ShownName,
        };
        return where is null ? what : $"{what}, {where}";
    }

    private CalendarEvent ForAdvisor(Appointment appointment, TerritoryDirectory directory, Advisor advisor, string? email, Instant stamp)
    {
        var advisors = Core(appointment, directory, stamp);
        // Five times "Faire mes premiers pas" in a morning tells nobody who comes.
        advisors.Summary = CalendarText.Line($"{PersonLines.NameOf(appointment)}, {advisors.Summary}");
        advisors.Description = string.Join('\n', Lines(PersonLines.Of(appointment)));
        AddAttendee(advisors, advisor, email);
        return advisors;
    }

    private CalendarEvent EventOf(WorkshopWithSeats workshop, TerritoryDirectory directory, Advisor advisor, string? email, Instant stamp)
    {
        var planned = workshop.Workshop;
        var theirs = Core(
            $"{planned.Territory}-{planned.Id}",
            planned.Sequence,
            planned.Start,
            planned.End,
            planned.IsCancelled,
            Title(planned.Seat),
            directory.Places.GetValueOrDefault(planned.PlaceId)?.PostalLine,
            stamp);
        theirs.Description = string.Join('\n', [
            .. Lines(
                ("Sujet", Topics.Find(planned.Topic)?.Label),
                ("Avec", planned.Advisors.Where(other => other != advisor.Id).Select(other => directory.Advisors.GetValueOrDefault(other)?.DisplayName).FirstOrDefault())),
            .. planned.IsCancelled ? [] : WorkshopMail.SeatLines(workshop)]);
        AddAttendee(theirs, advisor, email);

        // One event for both: whoever reads it sees who else is there.
        foreach (var other in planned.Advisors.Where(other => other != advisor.Id))
        {
            if (directory.Advisors.TryGetValue(other, out var colleague))
            {
                AddAttendee(theirs, colleague, colleague.Email);
            }
        }

        return theirs;
    }

    private static void AddAttendee(CalendarEvent calendarEvent, Advisor advisor, string? email)
    {
        if (email is not null && InviteAddress.TryParse(email, out var address))
        {
            calendarEvent.Attendees.Add(new Attendee(new Uri("mailto:" + address))
            {
                CommonName = CalendarText.Parameter(advisor.DisplayName),
                ParticipationStatus = EventParticipationStatus.Accepted,
                Role = ParticipationRole.RequiredParticipant,
                Rsvp = false,
            });
        }
    }

    private CalendarEvent Core(Appointment appointment, TerritoryDirectory directory, Instant stamp) => Core(
        appointment.Reference.ToString(),
        appointment.Sequence,
        appointment.Start,
        appointment.End,
        appointment.Status == AppointmentStatus.Cancelled,
        appointment.Seat is { } seat ? Title(seat) : Topics.Find(appointment.Topic)?.Label ?? "Rendez-vous",
        PersonLines.WhereOf(appointment, directory),
        stamp);

    private CalendarEvent Core(
        string name, int sequence, Instant start, Instant end, bool isCancelled, string summary, string? where, Instant stamp) => new()
        {
            Uid = $"{name}@{InviteAddress.Host(settings.MailFrom)}",
            Sequence = sequence,
            DtStamp = Utc(stamp),
            Start = Utc(start),
            End = Utc(end),
            Status = isCancelled ? EventStatus.Cancelled : EventStatus.Confirmed,
            Summary = CalendarText.Line(summary),
            Location = CalendarText.Line(where),
            Organizer = new Organizer("mailto:" + settings.MailFrom) { CommonName = OrganizerName },
            Transparency = TransparencyType.Opaque,
        };

    private static string Title(SeatIn seat) => seat.Session is { } session
        ? $"Cours : {WordsOfOthers.Text(seat.Title)}, séance {session.Number} sur {session.Course.Sessions}"
        : "Atelier : " + WordsOfOthers.Text(seat.Title);

    private static IEnumerable<string> Lines(params (string Label, string? Value)[] lines) =>
        lines.Select(line => (line.Label, Value: CalendarText.Clean(line.Value)))
            .Where(line => line.Value.Length > 0)
            .Select(line => $"{line.Label} : {line.Value}");

    private static Calendar Of(string? method, IEnumerable<CalendarEvent> events)
    {
        var calendar = new Calendar { ProductId = ProductId, Method = method };
        calendar.Events.AddRange(events);
        return calendar;
    }

    private static CalDateTime Utc(Instant instant) =>
        // Whole seconds: iCalendar has no fractions.
        new(Instant.FromUnixTimeSeconds(instant.ToUnixTimeSeconds()).ToDateTimeUtc(), CalDateTime.UtcTzId);

    // A serializer is not safe for two threads at once: one for each call.
    private static string Serialize(Calendar calendar) =>
        new CalendarSerializer().SerializeToString(calendar)
            ?? throw new InvalidOperationException("The calendar gave no text.");
}
