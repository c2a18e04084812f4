using Rdv.Azure.Mail;
using Rdv.Dispatch;
using Rdv.Messages;
using Rdv.Tests.Infrastructure;
using Rdv.Tests.Mail;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Dispatch;

/// <summary>A provider that hangs or refuses everything costs a run a moment, not the country its messages.</summary>
public sealed class ProviderCircuitTests(TableStorage storage) : ProductTest(storage)
{
    private const int Many = 24;

    // How many mails are on their way at once.
    private const int Connections = 16;

    // How many SMS are.
    private const int SmsAtOnce = 32;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_mail_server_that_hangs_is_asked_once_over_each_connection_and_then_left_alone_by_every_instance()
    {
        var (world, product) = await StartAsync();
        await BookAsync(product);
        var asked = 0;
        world.Mail.Refuse = _ =>
        {
            asked++;
            world.Time.Pass(Timeout);
            return new SendResult.Unavailable("smtp-timeout");
        };
        await product.SendInvitesAsync();
        var untilOpen = asked;
        untilOpen.ShouldBeInRange(1, Connections);
        (await product.Get<PauseDispatch>().ReadAsync(TestContext.Current.CancellationToken)).WordOf(Channel.Mail).ShouldBe("provider-away");

        await using (var other = world.Start())
        {
            world.Clock.AdvanceMinutes(1);
            await other.SendInvitesAsync();
            asked.ShouldBe(untilOpen);

            // One mail finds out whether it works again.
            world.Clock.AdvanceMinutes(2);
            await other.SendInvitesAsync();
            asked.ShouldBe(untilOpen + 1);
        }

        // SMS never waited for it.
        await product.SendSmsAsync();
        world.Sms.Delivered.Count.ShouldBe(Many);

        world.Mail.Refuse = null;
        await product.DispatchForAsync(5);
        world.Mail.KindsTo("a1").Length.ShouldBe(Many);
        (await world.DueAsync("due|mail|")).ShouldBeEmpty();
        (await product.Get<PauseDispatch>().ReadAsync(TestContext.Current.CancellationToken)).WordOf(Channel.Mail).ShouldBe("running");
    }

    [Fact]
    public async Task A_provider_of_sms_that_takes_everything_and_answers_nothing_is_left_alone_and_no_phone_rings_twice()
    {
        var (world, product) = await StartAsync();
        await BookAsync(product, people: 2 * SmsAtOnce);
        world.Sms.LosesAnswers = true;
        world.Sms.Refuse = _ =>
        {
            world.Time.Pass(Timeout);
            return null;
        };
        await product.SendSmsAsync();
        world.Sms.Asked.Count.ShouldBeInRange(1, SmsAtOnce);
        world.Sms.LosesAnswers = false;
        world.Sms.Refuse = null;
        await product.DispatchForAsync(5);
        world.Sms.Delivered.Select(sms => sms.Reference).ShouldBeUnique();
        world.Sms.Delivered.Count.ShouldBe(2 * SmsAtOnce);
        (await world.CallsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mail_server_that_refuses_our_login_is_not_asked_for_each_mail()
    {
        var (world, product) = await StartAsync();
        await BookAsync(product);
        var asked = 0;
        world.Mail.Refuse = _ =>
        {
            asked++;
            return new SendResult.Unavailable("smtp-login");
        };
        await product.SendInvitesAsync();
        asked.ShouldBeInRange(3, 2 + Connections);
    }

    [Fact]
    public async Task One_full_mailbox_holds_up_nobody_else()
    {
        var (world, product) = await StartAsync(advisors: 2);
        await BookAsync(product, "a1");
        await BookAsync(product, "a2", hourFrom: 8);
        world.Mail.Refuse = mail => mail.To == Directories.MailOf("a1") ? new SendResult.Unavailable("smtp-452", OneRecipient: true) : null;
        await product.SendInvitesAsync();
        world.Mail.KindsTo("a2").Length.ShouldBe(Many);
    }

    [Fact]
    public async Task One_sms_that_hangs_while_others_get_through_says_nothing_of_the_provider()
    {
        var (world, product) = await StartAsync();
        await BookAsync(product);
        var first = true;
        world.Sms.Refuse = _ =>
        {
            if (!first)
            {
                return null;
            }

            first = false;
            return new SendResult.Unavailable("503");
        };
        await product.SendSmsAsync();
        world.Sms.Delivered.Count.ShouldBe(Many - 1);
    }

    /// <summary>A real server takes one mail and thinks about it: the others leave meanwhile, and the server is not left alone.</summary>
    [Fact]
    public async Task One_slow_connection_holds_up_one_mail_and_nobody_elses()
    {
        var (world, first) = await StartAsync();
        await BookAsync(first);
        await using var server = new SmtpListener { Slow = { 1 } };
        var settings = new SmtpSettings("127.0.0.1", server.Port, null, null, "rdv@conseillers.example", "Conseiller numérique", RequireTls: false);
        world.MailGateway = () => new SmtpMailGateway(settings, world.Clock, TimeProvider.System);
        var product = world.Start();
        var run = product.SendInvitesAsync();
        while (server.Messages.Count < Many - 1 && !run.IsCompleted)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        run.IsCompleted.ShouldBeFalse();
        server.Messages.Count.ShouldBe(Many - 1);
        server.Hurry();
        await run;
        server.Messages.Count.ShouldBe(Many);
        server.Connections.ShouldBeInRange(2, Connections);
        (await world.DueAsync("due|mail|")).ShouldBeEmpty();
        (await product.Get<PauseDispatch>().ReadAsync(TestContext.Current.CancellationToken)).WordOf(Channel.Mail).ShouldBe("running");
    }

    [Fact]
    public async Task A_run_that_has_lasted_leaves_the_rest_to_the_next()
    {
        var (world, product) = await StartAsync();
        await BookAsync(product);
        world.Mail.Refuse = _ =>
        {
            world.Time.Pass(TimeSpan.FromSeconds(5));
            return null;
        };
        await product.SendInvitesAsync();
        world.Mail.Received.Count.ShouldBeInRange(10, 10 + Connections);
        await product.SendInvitesAsync();
        await product.SendInvitesAsync();
        world.Mail.KindsTo("a1").Length.ShouldBe(Many);
        world.Mail.Received.Count.ShouldBe(Many);
    }

    private static async Task BookAsync(Product product, string? advisor = null, int hourFrom = 8, int people = Many)
    {
        for (var i = 0; i < people; i++)
        {
            var wanted = new AnAppointment().At($"2026-11-{24 + (i / 12)}T{hourFrom + (i % 12):00}:00");
            await product.BookAsync(advisor is null ? wanted : wanted.With(advisor));
        }
    }
}
