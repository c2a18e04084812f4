using System.Text;
using MimeKit;
using NodaTime;
using NodaTime.Testing;
using Rdv.Azure.Mail;
using Rdv.Invites;
using Rdv.Messages;
using Rdv.Tests.Reminders;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Mail;

public sealed class SmtpMailGatewayTests : IAsyncDisposable
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 20, 7, 15);

    private readonly SmtpListener server = new();
    private readonly Clock time = new();
    private readonly SmtpMailGateway gateway;

    public SmtpMailGatewayTests() => gateway = Gateway(server.Port);

    public async ValueTask DisposeAsync()
    {
        await gateway.DisposeAsync();
        await server.DisposeAsync();
    }

    private static OutgoingMail Invite()
    {
        var events = new CalendarEvents(MessageSamples.Settings, MessageSamples.Links);
        return new InviteMail(MessageSamples.Settings, events)
            .Build(MessageKinds.Invite, MessageSamples.Appointment(), new InviteTo(MessageSamples.Directory(), MessageSamples.Advisor, MessageSamples.Advisor.Email!, Now));
    }

    private static SmtpSettings Settings(int port) =>
        new("127.0.0.1", port, null, null, MessageSamples.Settings.MailFrom, "Conseiller numérique", RequireTls: false);

    private SmtpMailGateway Gateway(int port) => new(Settings(port), new FakeClock(Now), time);

    [Theory]
    [InlineData("EHLO")]
    [InlineData("MAIL")]
    [InlineData("DATA")]
    public async Task A_server_that_takes_a_command_and_says_nothing_more_costs_one_wait(string command)
    {
        server.Hangs.Add(command);
        await using var impatient = new SmtpMailGateway(Settings(server.Port) with { Patience = TimeSpan.FromMilliseconds(300) }, new FakeClock(Now), time);
        (await impatient.SendAsync(Invite(), default)).ShouldBe(new SendResult.Unavailable("smtp-timeout"));
        server.Connections.ShouldBe(1);

        server.Hangs.Clear();
        (await impatient.SendAsync(Invite(), default)).ShouldBeOfType<SendResult.Sent>();
    }

    [Fact]
    public async Task An_invite_arrives_as_Outlook_wants_it()
    {
        var mail = Invite();
        (await gateway.SendAsync(mail, default)).ShouldBe(new SendResult.Sent(mail.MessageId));
        var raw = server.Messages.ShouldHaveSingleItem();
        using var message = MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(raw)));
        message.MessageId.ShouldBe(mail.MessageId);
        message.Subject.ShouldBe(mail.Subject);
        message.From.Mailboxes.Single().Name.ShouldBe("Conseiller numérique");
        message.To.Mailboxes.Single().Address.ShouldBe("camille.inventee@mairie.example");
        message.Headers.Contains(HeaderId.AutoSubmitted).ShouldBeFalse();

        var mixed = message.Body.ShouldBeOfType<Multipart>();
        mixed.ContentType.MimeType.ShouldBe("multipart/mixed");
        var alternative = mixed[0].ShouldBeOfType<MultipartAlternative>();
        alternative[0].ContentType.MimeType.ShouldBe("text/plain");
        var invite = alternative[1].ShouldBeAssignableTo<MimePart>()!;
        invite.ContentType.MimeType.ShouldBe("text/calendar");
        invite.ContentType.Parameters["method"].ShouldBe("REQUEST");
        invite.ContentType.Charset.ShouldBe("utf-8");
        invite.ContentTransferEncoding.ShouldBe(ContentEncoding.Base64);
        Decoded(invite).ShouldBe(mail.Calendar);
        var attachment = mixed[1].ShouldBeAssignableTo<MimePart>()!;
        attachment.FileName.ShouldBe("rendez-vous.ics");
        attachment.ContentType.MimeType.ShouldBe("application/ics");
        attachment.ContentTransferEncoding.ShouldBe(ContentEncoding.Base64);
        Decoded(attachment).ShouldBe(mail.Calendar);
    }

    [Fact]
    public async Task A_plain_mail_says_that_a_machine_wrote_it()
    {
        await gateway.SendAsync(Invite() with { Calendar = null, Method = null }, default);
        using var message = MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(server.Messages.First())));
        message.Headers[HeaderId.AutoSubmitted].ShouldBe("auto-generated");
        message.Body.ShouldBeOfType<TextPart>().Text.ShouldContain("Odette Fictive");
    }

    [Fact]
    public async Task Mails_one_after_the_other_share_one_connection()
    {
        for (var sent = 0; sent < 20; sent++)
        {
            (await gateway.SendAsync(Invite(), default)).ShouldBeOfType<SendResult.Sent>();
        }

        server.Messages.Count.ShouldBe(20);
        server.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task Mails_at_once_have_a_connection_each_and_the_next_ones_take_them_again()
    {
        for (var round = 0; round < 5; round++)
        {
            (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => gateway.SendAsync(Invite(), default)))).ShouldAllBe(result => result is SendResult.Sent);
        }

        server.Messages.Count.ShouldBe(20);
        server.Connections.ShouldBeInRange(1, 4);
    }

    /// <summary>The server takes the mail of one advisor and thinks: the day of the others leaves meanwhile.</summary>
    [Fact]
    public async Task A_connection_that_is_slow_holds_up_one_mail()
    {
        server.Slow.Add(1);
        var slow = gateway.SendAsync(Invite(), default);
        await FirstMailIsThereAsync();
        for (var sent = 0; sent < 40; sent++)
        {
            (await gateway.SendAsync(Invite(), default)).ShouldBeOfType<SendResult.Sent>();
        }

        slow.IsCompleted.ShouldBeFalse();
        server.Connections.ShouldBe(2);
        server.Hurry();
        (await slow).ShouldBeOfType<SendResult.Sent>();
        server.Messages.Count.ShouldBe(41);
    }

    /// <summary>It never answers: its mail is told as unknown when patience is over, and no other has waited for it.</summary>
    [Fact]
    public async Task A_connection_that_never_answers_costs_one_mail_its_patience()
    {
        server.Slow.Add(1);
        await using var impatient = new SmtpMailGateway(Settings(server.Port) with { Patience = TimeSpan.FromSeconds(3) }, new FakeClock(Now), time);
        var lost = impatient.SendAsync(Invite(), default);
        await FirstMailIsThereAsync();
        var others = await Task.WhenAll(Enumerable.Range(0, 7).Select(_ => impatient.SendAsync(Invite(), default)));
        others.ShouldAllBe(result => result is SendResult.Sent);
        (await lost).ShouldBe(new SendResult.Unknown("smtp-lost"));
        (await impatient.SendAsync(Invite(), default)).ShouldBeOfType<SendResult.Sent>();
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 <camille.inventee@mairie.example> unknown", typeof(SendResult.Rejected))]
    [InlineData("RCPT", "450 4.2.1 later", typeof(SendResult.Unavailable))]
    [InlineData("MAIL", "550 not you", typeof(SendResult.Unavailable))]
    [InlineData("MAIL", "421 closing", typeof(SendResult.Unavailable))]
    [InlineData("DATA", "451 later", typeof(SendResult.Unavailable))]
    [InlineData(".", "554 refused", typeof(SendResult.Rejected))]
    [InlineData(".", "452 full", typeof(SendResult.Unavailable))]
    [InlineData(".", null, typeof(SendResult.Unknown))]
    [InlineData("RCPT", null, typeof(SendResult.Unavailable))]
    [InlineData("DATA", null, typeof(SendResult.Unavailable))]
    public async Task A_failure_says_whether_the_mail_may_have_left(string step, string? answer, Type expected)
    {
        server.Answers[step] = answer;
        var result = await gateway.SendAsync(Invite(), default);
        result.ShouldBeOfType(expected);
        result.ToString()!.ShouldNotContain("camille");
        // And the next one goes out.
        server.Answers.Clear();
        (await gateway.SendAsync(Invite(), default)).ShouldBeOfType<SendResult.Sent>();
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable()
    {
        using var free = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        free.Start();
        var port = ((System.Net.IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await using var nowhere = Gateway(port);
        (await nowhere.SendAsync(Invite(), default)).ShouldBe(new SendResult.Unavailable("smtp-ConnectionRefused"));
    }

    [Fact]
    public async Task An_address_that_is_none_is_rejected() =>
        (await gateway.SendAsync(Invite() with { To = "nobody at all" }, default)).ShouldBe(new SendResult.Rejected("smtp-address"));

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public async Task A_connection_that_the_server_ended_is_replaced(int idleSeconds)
    {
        (await gateway.SendAsync(Invite(), default)).ShouldBeOfType<SendResult.Sent>();
        await server.HangUp.CancelAsync();
        server.HangUp = new CancellationTokenSource();
        await Task.Delay(50);
        time.Elapse(TimeSpan.FromSeconds(idleSeconds));
        (await gateway.SendAsync(Invite(), default)).ShouldBeOfType<SendResult.Sent>();
        server.Connections.ShouldBe(2);
        server.Messages.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_idle_connection_is_asked_whether_it_is_there()
    {
        await gateway.SendAsync(Invite(), default);
        await gateway.SendAsync(Invite(), default);
        server.Commands.ShouldNotContain("NOOP");
        time.Elapse(SmtpMailGateway.IdleBeforeNoop);
        await gateway.SendAsync(Invite(), default);
        server.Commands.ShouldContain("NOOP");
        server.Connections.ShouldBe(1);
    }

    [Fact]
    public void Settings_do_not_print_the_password() =>
        (Settings(25) with { User = "user", Password = "hidden-word" }).ToString().ShouldNotContain("hidden-word");

    private async Task FirstMailIsThereAsync()
    {
        while (!server.Commands.Contains("DATA"))
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private static string Decoded(MimePart part)
    {
        using var content = new MemoryStream();
        part.Content!.DecodeTo(content);
        return Encoding.UTF8.GetString(content.ToArray());
    }

    private sealed class Clock : TimeProvider
    {
        private long now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;

        public void Elapse(TimeSpan time) => now += time.Ticks;
    }
}
