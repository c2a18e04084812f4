using NodaTime;
using NodaTime.Testing;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Invites;
using Rdv.Messages;
using Rdv.Territories;
using Rdv.Tests.Directory;
using Rdv.Tests.Reminders;
using Rdv.Transactions;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Invites;

public sealed class InviteMailTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 20, 7, 15);

    private static InviteMail Mails { get; } = new(MessageSamples.Settings, new CalendarEvents(MessageSamples.Settings, MessageSamples.Links));

    private static OutgoingMail Build(string kind, Appointment appointment) =>
        Mails.Build(kind, appointment, new InviteTo(MessageSamples.Directory(), MessageSamples.Advisor, "camille.inventee@mairie.example", Now));

    [Theory]
    [InlineData(MessageKinds.Invite, "Nouveau rendez-vous : mardi 24 novembre à 9 h 30", "REQUEST")]
    [InlineData(MessageKinds.InviteUpdate, "Rendez-vous modifié : mardi 24 novembre à 9 h 30", "REQUEST")]
    [InlineData(MessageKinds.InviteCancel, "Rendez-vous annulé : mardi 24 novembre à 9 h 30", "CANCEL")]
    public void Each_kind_has_its_subject_and_method(string kind, string subject, string method)
    {
        var appointment = MessageSamples.Appointment() with { Version = 2 };
        var mail = Build(kind, appointment);
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
    public async Task An_advisor_without_an_address_is_a_named_failure(string? email) =>
        (await SendToAsync(email)).ShouldBe(new SendResult.Rejected("no-address"));

    [Fact]
    public async Task The_organizer_is_never_the_recipient() =>
        (await SendToAsync("Rendez-Vous@rdv.example.fr")).ShouldBe(new SendResult.Rejected("recipient-is-organizer"));

    [Fact]
    public async Task An_advisor_with_an_address_gets_it() =>
        (await SendToAsync("camille.inventee@mairie.example")).ShouldBeOfType<SendResult.Sent>();

    [Fact]
    public void A_cancelled_appointment_is_never_an_invite() =>
        Should.Throw<ArgumentException>(() =>
            Build(MessageKinds.InviteUpdate, MessageSamples.Appointment() with { Status = AppointmentStatus.Cancelled }));

    private static Task<SendResult> SendToAsync(string? email)
    {
        var appointment = MessageSamples.Appointment();
        var known = MessageSamples.Directory();
        var directory = new TerritoryDirectory(known.Territory, known.Structures.Values, known.Places.Values, [MessageSamples.Advisor with { Email = email }]);
        var (store, directories, clock) = (new InMemoryDirectoryStore(), new Fixed(directory), new FakeClock(Now));
        var note = new NoteMail(store, new Writer(store), directories, clock);
        return new InvitePost(new Mailbox(), directories, note, MessageSamples.Settings, clock).SendAsync(
            appointment.Territory,
            appointment.PlaceId,
            MessageSamples.Advisor.Id,
            to => Mails.Build(MessageKinds.Invite, appointment, to),
            TestContext.Current.CancellationToken);
    }

    private sealed class Mailbox : IMailGateway
    {
        public Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken) => Task.FromResult<SendResult>(new SendResult.Sent(mail.MessageId));
    }

    private sealed class Fixed(TerritoryDirectory directory) : ITerritoryDirectories
    {
        public ValueTask<TerritoryDirectory> GetAsync(Territory territory, CancellationToken cancellationToken, TimeSpan? maxAge = null) => ValueTask.FromResult(directory);

        public Task<TerritoryDirectory> ReloadAsync(Territory territory, CancellationToken cancellationToken) => Task.FromResult(directory);
    }
}
