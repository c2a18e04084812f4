using CsCheck;
using NodaTime;
using Rdv.Appointments;
using Rdv.Language;
using Rdv.Messages;
using Rdv.People;
using Rdv.Sms;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Reminders;

/// <summary>What the SMS about a seat in a workshop say.</summary>
public sealed class SeatTextsTests
{
    private static readonly string[] ActiveKinds =
        [MessageKinds.Confirmation, MessageKinds.Reminder, MessageKinds.Move, MessageKinds.Link];

    private static readonly Recipient[] Recipients = [Recipient.Citizen, Recipient.Helper];

    private static readonly string[] AwkwardTitles =
    [
        "Découvrir Internet 👩🏽‍🦽 en douceur",
        "Le « cloud », c'est quoi ?",
        "\"Entre guillemets\"",
        "{0} {1} {{2}}",
        "%s $1 \\n",
        "日本語",
        "’’’",
        new string('m', 80),
        "Protéger ses données personnelles, ses photos et ses comptes, pas à pas, à 2 ou 3",
        "[€{}~^|\\]",
    ];

    private static string Write(string kind, Appointment seat, Rdv.Directory.TerritoryDirectory? directory = null, Recipient? recipient = null) => SmsTexts.For(
        kind,
        seat,
        directory ?? MessageSamples.Directory("Mairie de Bron", "Mairie de Bron", "2 place de Weingarten", "Bron"),
        MessageSamples.Settings,
        MessageSamples.Links,
        recipient ?? Recipient.Citizen);

    private static Appointment Cancelled(Appointment seat, Actor by) => seat with { Status = AppointmentStatus.Cancelled, CancelledBy = by, Version = 2 };

    [Fact]
    public void A_text_speaks_of_a_workshop_and_names_the_day_and_the_hour()
    {
        foreach (var kind in ActiveKinds)
        {
            var text = Write(kind, MessageSamples.Seat());
            text.ShouldContain("atelier");
            text.ShouldNotContain("rendez-vous", Case.Insensitive);
            text.ShouldNotContain("RDV", Case.Sensitive);
            text.ShouldNotContain("annulé", Case.Insensitive, "a text about a seat that holds was read as a cancellation");
            ShouldHoldWhatMatters(text, MessageSamples.Seat());
            Gsm7.Segments(text).ShouldBe(1, text);
        }
    }

    [Fact]
    public void The_title_is_said_where_there_is_room_for_it()
    {
        Write(MessageKinds.Cancellation, Cancelled(MessageSamples.Seat(), Actor.Advisor)).ShouldContain("\"Découvrir Internet\" du mardi 24 nov");
        Write(MessageKinds.Confirmation, MessageSamples.Seat(), MessageSamples.Directory("Bron", "Bron", "", "Bron")).ShouldStartWith("Votre atelier \"Découvrir Internet\"");
    }

    [Fact]
    public void Giving_up_a_seat_does_not_say_that_the_workshop_is_cancelled()
    {
        foreach (var by in new[] { Actor.Citizen, Actor.Hotline })
        {
            var text = Write(MessageKinds.Cancellation, Cancelled(MessageSamples.Seat(), by));
            text.ShouldContain("inscription");
            text.ShouldContain("est annulée, comme");
            text.ShouldNotContain("est annulé,");
            Gsm7.Segments(text).ShouldBe(1, text);
        }

        Write(MessageKinds.Cancellation, Cancelled(MessageSamples.Seat(), Actor.Advisor)).ShouldContain("est annulé. Veuillez nous excuser");
    }

    [Fact]
    public void A_helper_reads_whose_seat_it_is()
    {
        foreach (var kind in ActiveKinds)
        {
            Write(kind, MessageSamples.Seat(), recipient: Recipient.Helper).ShouldContain("d'Odette");
        }

        Write(MessageKinds.Cancellation, Cancelled(MessageSamples.Seat(), Actor.Citizen), recipient: Recipient.Helper).ShouldContain("l'inscription d'Odette");
    }

    [Fact]
    public void Whatever_the_title_the_text_is_one_segment_of_plain_letters_with_what_matters()
    {
        foreach (var title in AwkwardTitles)
        {
            var seat = MessageSamples.Seat(title);
            foreach (var kind in ActiveKinds)
            {
                var text = Write(kind, seat);
                ShouldHoldWhatMatters(text, seat);
                Gsm7.Segments(text).ShouldBe(1, text);
                text.ShouldNotContain("\"\"");
            }

            foreach (var by in Enum.GetValues<Actor>())
            {
                var text = Write(MessageKinds.Cancellation, Cancelled(seat, by));
                Gsm7.Segments(text).ShouldBe(1, text);
                text.ShouldContain("à 14h");
                text.ShouldEndWith("01 99 00 12 34 ou https://rdv.example.fr");
            }
        }
    }

    [Fact]
    public void Braces_in_a_title_are_text()
    {
        var text = Write(MessageKinds.Confirmation, MessageSamples.Seat("{0} {1}"), MessageSamples.Directory("Bron", "Bron", "", "Bron"));
        text.ShouldContain("\"{0} {1}\"");
    }

    [Fact]
    public void Awkward_titles_and_names_never_make_UCS2_and_never_lose_what_matters()
    {
        var letters = Gen.OneOf(
            Gen.OneOf("ç", "œ", "’", "👋", "👩🏽‍🦽", "{0}", "{", "}", "\"", "«", "»", " ", " ", "-", "Internet", "de", "l’", "€", "[", "\uD83D", "(", "\n", "日本"),
            Gen.Char['\u0000', '\u04FF'].Select(letter => letter.ToString()));
        var names = letters.Array[0, 30].Select(parts => string.Concat(parts));
        var zones = Gen.OneOf("69", "2A", "971", "973", "974", "975", "987", "988");
        Gen.Select(names, names, names, names, zones, Gen.Int[0, 500_000]).Sample(
            (title, structure, place, citizen, territory, minutes) =>
            {
                var seat = MessageSamples.Seat(title, territory, new LocalDateTime(2026, 1, 1, 0, 0).PlusMinutes(minutes));
                seat = seat with { Citizen = seat.Citizen with { Name = citizen } };
                var directory = MessageSamples.Directory(structure, place, place, structure);
                foreach (var recipient in Recipients)
                {
                    foreach (var kind in ActiveKinds)
                    {
                        var text = Write(kind, seat, directory, recipient);
                        ShouldHoldWhatMatters(text, seat);
                        Gsm7.Segments(text).ShouldBeLessThanOrEqualTo(2);
                    }

                    var cancelled = Write(MessageKinds.Cancellation, Cancelled(seat, Actor.Citizen), directory, recipient);
                    Gsm7.IsGsm7(cancelled).ShouldBeTrue();
                    cancelled.ShouldContain("annulée");
                }
            },
            iter: 200);
    }

    private static void ShouldHoldWhatMatters(string text, Appointment seat)
    {
        Gsm7.IsGsm7(text).ShouldBeTrue(text);
        text.ShouldEndWith(": " + ManageLink.Short(seat, MessageSamples.Settings, MessageSamples.Links));
        text.Replace(" ", "", StringComparison.Ordinal).ShouldContain("0199001234");
        text.ShouldMatch($" {(seat.LocalStart.Day == 1 ? "1(er|/)" : seat.LocalStart.Day)}[ /]?");
        text.ShouldContain(" à " + FrenchDates.SmsTime(seat.LocalStart.TimeOfDay));
    }
}
