using System.Text;
using NodaTime;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Messages;
using Rdv.People;
using Rdv.Sms;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Reminders;

/// <summary>Holds docs/messages.md to what is really sent. <c>RDV_WRITE_DOCS=1</c> writes it again.</summary>
public sealed class MessagesPageTests
{
    [Fact]
    public void The_page_shows_what_is_sent()
    {
        var file = Path.Combine(Repository.Root, "docs", "messages.md");
        var page = Page();
        if (Environment.GetEnvironmentVariable("RDV_WRITE_DOCS") == "1")
        {
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, page);
        }

        File.ReadAllText(file).ReplaceLineEndings("\n").ShouldBe(page);
    }

    private static string Page()
    {
        var page = new StringBuilder(
            """
            # SMS

            Written by a test (`MessagesPageTests`) from what the code produces, for a fictional appointment. Set `RDV_WRITE_DOCS=1` and
            run it to write this page again.

            Every text says what happened and when, the name and the street of the place, who receives there when that is another body, and
            which number to call; then the link, whose 22 characters hold the reference and the whole key. When it is too long for one segment
            of 160 septets, "confirmé" and the weekday in full go first, abbreviations come, then the structure goes and the place's name is cut
            between words; a name of words that every town has ("centre social") takes its commune. The street stays: rather than lose it, or the
            name, a second segment is paid for. The day, the hour, the number and the link are never cut. The title of a workshop is cut between
            words, then left out, before the place is: day, hour and place still name it.

            The confirmation, a move and a cancellation leave at once. Reminders leave between 9:00 and 11:30 where the person lives, each
            person's at a minute of their own: the last on the last day before on which a telephone may ring (the Saturday for a Monday),
            and, for what is booked four days ahead or more, a first one three days before, on a day on which the hotline works. What is
            booked too late for the morning is reminded from 17:00 on that day, or from 9:00 on the day itself; nobody is reminded within
            four hours of the news. Several appointments of one person on one day are one reminder.

            """.ReplaceLineEndings("\n"));
        var townHall = MessageSamples.Directory("Mairie de Bron", "Mairie de Bron", "2 place de Weingarten", "Bron");
        Section("Mairie de Bron, at its own place", MessageSamples.Appointment(), townHall);
        Section("Mairie de Vaulx-en-Velin, at a library", MessageSamples.Appointment(), MessageSamples.Directory());
        Section("By telephone", MessageSamples.Appointment(phone: "06 39 98 12 34") with { Means = Means.Phone }, townHall);
        var room = new VideoRoom("https://visio.example.fr/aline-exemple", IsTold: true);
        Section("By video, before the link is told", MessageSamples.Appointment() with { Means = Means.Video }, townHall);
        Section("By video, from the day before", MessageSamples.Appointment() with { Means = Means.Video }, townHall, room);
        Section("At home", MessageSamples.Appointment() with { Means = Means.Home, Home = new HomeAddress("12 impasse des Pervenches", "69029") }, townHall);
        Section("A seat in a workshop of the Mairie de Bron", MessageSamples.Seat(), townHall);
        Section("A seat in a workshop with a long title, at a library", MessageSamples.Seat("Protéger ses données personnelles et déjouer les arnaques"), MessageSamples.Directory());
        Section("An enrolment in a course of the Mairie de Bron, in five sessions", MessageSamples.Enrolment(), townHall);
        page.Append("\n## The same enrolment, cancelled with all that is to come\n");
        foreach (var by in Enum.GetValues<Actor>())
        {
            var whole = MessageSamples.Enrolment() with { Status = AppointmentStatus.Cancelled, CancelledBy = by, IsWholeCancelled = true };
            Text($"{MessageKinds.Cancellation} by {by.ToString().ToLowerInvariant()}", MessageKinds.Cancellation, whole, townHall);
        }

        Append(
            $"{MessageKinds.Freed}, to someone who waits for a course",
            SmsTexts.Freed(
                MessageSamples.Waiting() with { Workshop = new Rdv.Ids.WorkshopId("w0123456789abcdef") }, MessageSamples.Offer(), townHall, MessageSamples.Settings, MessageSamples.Links, isCourse: true));
        var afternoon = MessageSamples.Appointment(at: new LocalDateTime(2026, 11, 24, 14, 0));
        page.Append("\n## Two appointments of one person on one day\n");
        foreach (var recipient in new[] { Recipient.Citizen, Recipient.Helper })
        {
            Append(
                $"{MessageKinds.Reminder}, to the {recipient}",
                SmsTexts.SameDay([MessageSamples.Appointment(), afternoon], townHall, MessageSamples.Settings, recipient));
        }

        return page.ToString();

        void Section(string title, Appointment appointment, Rdv.Directory.TerritoryDirectory directory, VideoRoom video = default)
        {
            page.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n## {title}\n");
            foreach (var kind in new[] { MessageKinds.Confirmation, MessageKinds.Reminder, MessageKinds.Move, MessageKinds.Link })
            {
                Text(kind, kind, appointment, directory, video);
            }

            foreach (var by in Enum.GetValues<Actor>())
            {
                var cancelled = appointment with { Status = AppointmentStatus.Cancelled, CancelledBy = by };
                Text($"{MessageKinds.Cancellation} by {by.ToString().ToLowerInvariant()}", MessageKinds.Cancellation, cancelled, directory);
            }

            Append(
                $"{MessageKinds.Freed}, to someone who waits",
                SmsTexts.Freed(MessageSamples.Waiting() with { Means = appointment.Means }, MessageSamples.Offer(), directory, MessageSamples.Settings, MessageSamples.Links));
            Append(
                $"{MessageKinds.Freed}, to someone who has an appointment and would come earlier",
                SmsTexts.Freed(
                    MessageSamples.Waiting() with { InPlaceOf = appointment.Reference, Means = appointment.Means }, MessageSamples.Offer(), directory, MessageSamples.Settings, MessageSamples.Links));
            Append(
                $"{MessageKinds.Freed}, to someone who waits for a seat in a workshop",
                SmsTexts.Freed(
                    MessageSamples.Waiting() with { Workshop = new Rdv.Ids.WorkshopId("w0123456789abcdef") }, MessageSamples.Offer(), directory, MessageSamples.Settings, MessageSamples.Links));
        }

        void Text(string title, string kind, Appointment about, Rdv.Directory.TerritoryDirectory directory, VideoRoom video = default)
        {
            foreach (var recipient in new[] { Recipient.Citizen, Recipient.Helper })
            {
                var text = about.Enrolment is { } enrolment && kind is MessageKinds.Confirmation or MessageKinds.Link
                    ? SmsTexts.ForCourse(kind, [.. Enumerable.Repeat(about, enrolment.Count)], directory, MessageSamples.Settings, MessageSamples.Links, recipient)
                    : SmsTexts.For(kind, about, directory, MessageSamples.Settings, MessageSamples.Links, recipient, video);
                Append($"{title}, to the {recipient}", text);
            }
        }

        void Append(string title, string text) =>
            page.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n**{title}** ({Gsm7.Count(text)} septets)\n\n> {text}\n");
    }
}
