using NodaTime;
using Rdv.Booking;
using Rdv.Dispatch;
using Rdv.Invites;
using Rdv.Tests.Reminders;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Invites;

public sealed class InviteMailTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 20, 7, 15);

    private static InviteMail Mails { get; } = new(MessageSamples.Settings, new CalendarEvents(MessageSamples.Settings, MessageSamples.Links));

    private static InviteMailOutcome Build(string kind, Appointment appointment, string? email = "camille.inventee@mairie.example") =>
        Mails.Build(kind, appointment, MessageSamples.Directory(), MessageSamples.Advisor with { Email = email }, Now);

    [Theory]
    [InlineData(MessageKinds.Invite, "Nouveau rendez-vous : mardi 24 novembre à 9 h 30", "REQUEST")]
    [InlineData(MessageKinds.InviteUpdate, "Rendez-vous modifié : mardi 24 novembre à 9 h 30", "REQUEST")]
    [InlineData(MessageKinds.InviteCancel, "Rendez-vous annulé : mardi 24 novembre à 9 h 30", "CANCEL")]
    public void Each_kind_has_its_subject_and_method(string kind, string subject, string method)
    {
        var appointment = MessageSamples.Appointment() with { Version = 2 };
        var mail = Build(kind, appointment).ShouldBeOfType<InviteMailOutcome.Built>().Mail;
        mail.Subject.ShouldBe(subject);
        mail.Method.ShouldBe(method);
        mail.Calendar!.ShouldContain($"METHOD:{method}\r\n");
        mail.Calendar!.ShouldContain(method == "CANCEL" ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
        mail.MessageId.ShouldBe($"{appointment.Reference}.2.{kind}.camille@rdv.example.fr");
        mail.Text.ShouldContain("mardi 24 novembre 2026 à 9 h 30, 60 minutes");
        mail.Text.ShouldContain("04 65 71 12 34");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("camille")]
    [InlineData("Camille <camille@mairie.example>")]
    [InlineData("camille@mairie.example\r\nBcc: other@mairie.example")]
    public void An_advisor_without_an_address_is_a_named_failure(string? email) =>
        Build(MessageKinds.Invite, MessageSamples.Appointment(), email).ShouldBeOfType<InviteMailOutcome.NoAddress>();

    [Fact]
    public void The_organizer_is_never_the_recipient() =>
        Build(MessageKinds.Invite, MessageSamples.Appointment(), "Rendez-Vous@rdv.example.fr").ShouldBeOfType<InviteMailOutcome.RecipientIsOrganizer>();

    [Fact]
    public void A_cancelled_appointment_is_never_an_invite() =>
        Should.Throw<ArgumentException>(() =>
            Build(MessageKinds.InviteUpdate, MessageSamples.Appointment() with { Status = AppointmentStatus.Cancelled }));
}
