using CsCheck;
using NodaTime;
using Rdv.Appointments;
using Rdv.Ids;
using Rdv.Invites;
using Rdv.Tests.Reminders;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Invites;

public sealed class CalendarEventsTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 20, 7, 15, 3) + Duration.FromMilliseconds(250);

    private static CalendarEvents Events { get; } = new(MessageSamples.Settings, MessageSamples.Links);

    private static string Invite(Appointment appointment) =>
        Events.Invite(appointment, MessageSamples.Directory(), MessageSamples.Advisor, MessageSamples.Advisor.Email!, Now);

    private static PythonCalendar.Component Event(PythonCalendar.Component calendar)
    {
        calendar.Components.Count.ShouldBe(1, "one event, and no VTIMEZONE");
        calendar.Components[0].Name.ShouldBe("VEVENT");
        calendar.Components[0].Errors.ShouldBeEmpty();
        return calendar.Components[0];
    }

    [Fact]
    public void An_invite_is_what_another_reader_expects()
    {
        var appointment = MessageSamples.Appointment();
        var calendar = PythonCalendar.Read(Invite(appointment));
        calendar["METHOD"].ShouldBe("REQUEST");
        calendar["VERSION"].ShouldBe("2.0");
        var read = Event(calendar);
        read["UID"].ShouldBe($"{appointment.Reference}@rdv.example.fr");
        read["SEQUENCE"].ShouldBe("0");
        read["DTSTAMP"].ShouldBe("2026-11-20T07:15:03+00:00");
        read["DTSTART"].ShouldBe("2026-11-24T08:30:00+00:00");
        read["DTEND"].ShouldBe("2026-11-24T09:30:00+00:00");
        read["STATUS"].ShouldBe("CONFIRMED");
        read["SUMMARY"].ShouldBe("Odette Fictive, Faire mes premiers pas");
        read["LOCATION"].ShouldBe("Médiathèque Léonard de Vinci, 55 avenue Maurice Thorez, 69120 Vaulx-en-Velin");
        read["DESCRIPTION"].ShouldBe(
            $"Personne : Odette Fictive\nTéléphone : 04 65 71 12 34\nBesoins : fauteuil roulant\nNote : Je n'ai jamais touché un ordinateur.\nRéférence : {appointment.Reference}");
        read["ORGANIZER"].ShouldBe("mailto:rendez-vous@rdv.example.fr");
        read.Get("ORGANIZER").Parameters["CN"].ShouldBe("Conseiller numérique");
        var attendee = read.Get("ATTENDEE");
        attendee.Value.ShouldBe("mailto:camille.inventee@mairie.example");
        attendee.Parameters["PARTSTAT"].ShouldBe("ACCEPTED");
        attendee.Parameters["RSVP"].ShouldBe("FALSE");
        attendee.Parameters["CN"].ShouldBe("Camille Inventée");
    }

    [Fact]
    public void A_move_and_a_cancellation_keep_the_UID_and_raise_the_SEQUENCE()
    {
        var appointment = MessageSamples.Appointment();
        var moved = appointment with { Version = 2, Start = appointment.Start + Duration.FromDays(1) };
        var cancelled = moved with { Version = 3, Status = AppointmentStatus.Cancelled };
        var first = Event(PythonCalendar.Read(Invite(appointment)));
        var second = Event(PythonCalendar.Read(Invite(moved)));
        var calendar = PythonCalendar.Read(Invite(cancelled));
        var third = Event(calendar);
        calendar["METHOD"].ShouldBe("CANCEL");
        third["STATUS"].ShouldBe("CANCELLED");
        new[] { second["UID"], third["UID"] }.ShouldAllBe(uid => uid == first["UID"]);
        new[] { first["SEQUENCE"], second["SEQUENCE"], third["SEQUENCE"] }.ShouldBe(["0", "1", "2"]);
    }

    [Theory]
    [InlineData("974", 9, 30, "2026-11-24T05:30:00+00:00")]
    [InlineData("988", 8, 0, "2026-11-23T21:00:00+00:00")]
    [InlineData("987", 14, 0, "2026-11-25T00:00:00+00:00")]
    public void Overseas_hours_are_the_right_instants(string territory, int hour, int minute, string start) =>
        Event(PythonCalendar.Read(Invite(MessageSamples.Appointment(territory, new LocalDateTime(2026, 11, 24, hour, minute)))))["DTSTART"].ShouldBe(start);

    [Theory]
    [InlineData(3, 28, "2026-03-28T08:00:00+00:00")]
    [InlineData(3, 29, "2026-03-29T07:00:00+00:00")]
    [InlineData(10, 24, "2026-10-24T07:00:00+00:00")]
    [InlineData(10, 25, "2026-10-25T08:00:00+00:00")]
    public void Both_clock_changes_are_right(int month, int day, string start) =>
        Event(PythonCalendar.Read(Invite(MessageSamples.Appointment(at: new LocalDateTime(2026, month, day, 9, 0)))))["DTSTART"].ShouldBe(start);

    [Fact]
    public void The_feed_and_the_invite_agree_to_the_letter()
    {
        var appointment = MessageSamples.Appointment() with { Version = 3 };
        var feed = Events.Feed([appointment], [], MessageSamples.Directory(), MessageSamples.Advisor);
        static string Block(string calendar) => string.Join('\n', calendar
            [calendar.IndexOf("BEGIN:VEVENT", StringComparison.Ordinal)..calendar.IndexOf("END:VEVENT", StringComparison.Ordinal)]
            .Split("\r\n").Where(line => !line.StartsWith("DTSTAMP", StringComparison.Ordinal)));
        Block(feed).ShouldBe(Block(Invite(appointment)));
    }

    [Fact]
    public void A_feed_lists_what_holds_in_order_and_does_not_change_by_itself()
    {
        var later = MessageSamples.Appointment(at: new LocalDateTime(2026, 12, 1, 9, 0));
        var sooner = MessageSamples.Appointment() with { Reference = AppointmentReference.Derive(later.Territory, "other") };
        var cancelled = sooner with { Reference = AppointmentReference.Derive(later.Territory, "third"), Status = AppointmentStatus.Cancelled };
        var feed = Events.Feed([later, cancelled, sooner], [], MessageSamples.Directory(), MessageSamples.Advisor);
        var read = PythonCalendar.Read(feed);
        read.Has("METHOD").ShouldBeFalse();
        read.Components.Select(one => one["UID"]).ShouldBe([$"{sooner.Reference}@rdv.example.fr", $"{later.Reference}@rdv.example.fr"]);
        Events.Feed([sooner, later], [], MessageSamples.Directory(), MessageSamples.Advisor).ShouldBe(feed);
    }

    [Fact]
    public void An_empty_feed_is_a_calendar() =>
        PythonCalendar.Read(Events.Feed([], [], MessageSamples.Directory(), MessageSamples.Advisor)).Components.ShouldBeEmpty();

    [Fact]
    public void A_citizen_reads_the_number_to_call_and_the_link_and_answers_nobody()
    {
        var appointment = MessageSamples.Appointment();
        var calendar = PythonCalendar.Read(Events.ForCitizen([appointment], MessageSamples.Directory(), Now));
        calendar["METHOD"].ShouldBe("PUBLISH");
        var read = Event(calendar);
        read.Has("ATTENDEE").ShouldBeFalse("RFC 5546, 3.2.1");
        read["DESCRIPTION"].ShouldContain("01 99 00 12 34");
        read["DESCRIPTION"].ShouldContain($"https://rdv.example.fr/r/{appointment.Reference}/{MessageSamples.Links.KeyOf(appointment)}");
        read["DESCRIPTION"].ShouldNotContain("04 65 71");
    }

    [Fact]
    public void Lines_are_at_most_75_octets_and_letters_stay_whole()
    {
        var appointment = MessageSamples.Appointment() with { Note = string.Concat(Enumerable.Repeat("été à Noël 👩🏽‍🦽 ", 25)) };
        var calendar = Invite(appointment);
        calendar.Split("\r\n").ShouldAllBe(line => System.Text.Encoding.UTF8.GetByteCount(line) <= 75);
        Event(PythonCalendar.Read(calendar))["DESCRIPTION"].ShouldContain("été à Noël");
    }

    [Fact]
    public void Whatever_people_write_comes_back_as_text()
    {
        // One process for each text would be slow: many events are read in one feed. Backslashes have a test of their own below.
        var notes = Gen.OneOf(
                Gen.OneOf("\n", "\r\n", ";", ",", "\"", ":", "BEGIN:VEVENT", "END:VCALENDAR", "👋", "\u0007", "\uFFFF", "é", "مرحبا", " "),
                Gen.Char['\u0001', '\uFFFE'].Where(letter => letter != '\\').Select(letter => letter.ToString()))
            .Array[1, 40].Select(parts => string.Concat(parts)).Array[200].Single();
        var appointments = notes.Select((note, index) => MessageSamples.Appointment() with
        {
            Reference = AppointmentReference.Derive(Rdv.Territories.Territory.Parse("69"), $"note {index}"),
            Start = Now + Duration.FromHours(index),
            Note = "[" + note + "]",
        }).ToList();
        var read = PythonCalendar.Read(Events.Feed(appointments, [], MessageSamples.Directory(), MessageSamples.Advisor));
        read.Components.Count.ShouldBe(200);
        foreach (var (component, appointment) in read.Components.Zip(appointments))
        {
            component.Errors.ShouldBeEmpty();
            component["UID"].ShouldStartWith(appointment.Reference.ToString());
            component["DESCRIPTION"].ShouldEndWith($"]\nRéférence : {appointment.Reference}");
            Kept(component["DESCRIPTION"]).ShouldContain(Kept(appointment.Note!));
        }

        // Ordinary letters come back, in their order; white space and what the calendar cannot carry is not compared.
        static string Kept(string text) => string.Concat(text.Where(letter => char.IsLetterOrDigit(letter) || letter is ';' or ',' or '\\' or '"'));
    }

    [Fact]
    public void Backslashes_are_escaped_before_the_rest() =>
        // Read as text here: python3-icalendar 4 unescapes twice, and loses a backslash before a semicolon.
        Invite(MessageSamples.Appointment() with { Note = @"a\;b\n" }).Replace("\r\n ", "", StringComparison.Ordinal)
            .ShouldContain(@"Note : a\\\;b\\n\n");
}
