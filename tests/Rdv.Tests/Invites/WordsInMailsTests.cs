using System.Text.RegularExpressions;
using NodaTime;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Dispatch;
using Rdv.Invites;
using Rdv.Messages;
using Rdv.Sms;
using Rdv.Tests.Reminders;
using Rdv.Workshops;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Invites;

/// <summary>What leaves under our name leads nowhere but to us, whatever people have typed.</summary>
public sealed partial class WordsInMailsTests
{
    private const string Trap = "https://cpf-gouv.info/69";
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 20, 7, 15);
    private static readonly CalendarEvents Events = new(MessageSamples.Settings, MessageSamples.Links);
    private static readonly InviteTo To = new(MessageSamples.Directory(), MessageSamples.Advisor, "camille.inventee@mairie.example", Now);

    private static Appointment Trapped(Appointment appointment) => appointment with
    {
        Citizen = appointment.Citizen with { Name = "cpf-gouv.info/69", Business = "www.cpf-gouv.info", Needs = Trap },
        Note = $"Confirmez sur {Trap}, ou écrivez à cpf@cpf-gouv.info.",
    };

    [Theory]
    [InlineData(MessageKinds.Invite)]
    [InlineData(MessageKinds.InviteUpdate)]
    [InlineData(MessageKinds.InviteCancel)]
    public void An_invite_tells_the_advisor_and_links_to_nothing(string kind)
    {
        var mail = new InviteMail(MessageSamples.Settings, Events).Build(kind, Trapped(MessageSamples.Appointment()), To);
        LeadsNowhere(mail.Text);
        LeadsNowhere(mail.Calendar!);
        mail.Text.ShouldContain("Personne : nom à lire dans votre agenda");
        mail.Text.ShouldContain("Confirmez sur https : //cpf-gouv. info/69");
    }

    [Fact]
    public void A_workshop_names_its_people_and_links_to_nothing()
    {
        var seat = MessageSamples.Seat();
        var planned = new Workshop(
            seat.Territory, seat.Seat!.Id, seat.AdvisorId, seat.StructureId, seat.PlaceId, "Payer sur cpf-gouv.info", seat.Topic, seat.Start, seat.Minutes,
            Seats: 8, IsCancelled: false, Version: 1, seat.CreatedAt, default);
        var due = new DueMessage(
            Channel.Mail, Now, planned.Id.SubjectIn(planned.Territory), MessageKinds.Invite, Recipient.Advisor(planned.AdvisorId), 1, planned.Start);
        var mail = new WorkshopMail(MessageSamples.Settings, Events).Build(
            MessageKinds.Invite, new WorkshopWithSeats(planned, [Trapped(seat), seat]), due, To);
        LeadsNowhere(mail.Text);
        LeadsNowhere(mail.Calendar!);
        mail.Text.ShouldContain("Odette Fictive");
    }

    [Fact]
    public void A_calendar_that_is_subscribed_to_links_to_nothing() =>
        LeadsNowhere(Events.Feed([Trapped(MessageSamples.Appointment())], [], MessageSamples.Directory(), MessageSamples.Advisor));

    [Fact]
    public void The_citizens_file_has_our_link_alone()
    {
        var file = Events.ForCitizen([MessageSamples.Seat("Payer sur cpf-gouv.info")], MessageSamples.Directory(), Now);
        LeadsNowhere(file);
        Unfolded(file).ShouldContain(MessageSamples.Settings.SiteBaseUrl);
    }

    [Fact]
    public void An_SMS_to_those_of_a_workshop_leaves_a_title_out_that_holds_an_address()
    {
        var seat = MessageSamples.Seat("Payer sur cpf-gouv.info");
        foreach (var kind in new[] { MessageKinds.Confirmation, MessageKinds.Reminder, MessageKinds.Move, MessageKinds.Link })
        {
            var text = SmsTexts.For(kind, seat, MessageSamples.Directory(), MessageSamples.Settings, MessageSamples.Links, Recipient.Citizen);
            LeadsNowhere(text);
            text.ShouldContain("atelier");
            text.ShouldNotContain("Payer");
        }
    }

    private static void LeadsNowhere(string text)
    {
        Unfolded(text).ShouldNotContain("cpf-gouv.info", Case.Insensitive);
        Url().Matches(Unfolded(text)).ShouldAllBe(link => link.Value.StartsWith(MessageSamples.Settings.SiteBaseUrl, StringComparison.Ordinal));
    }

    // RFC 5545, 3.1: a long line goes on after a line break and a space.
    private static string Unfolded(string text) => text.Replace("\r\n ", "", StringComparison.Ordinal);

    [GeneratedRegex(@"https?://\S*|www\.\S+", RegexOptions.IgnoreCase)]
    private static partial Regex Url();
}
