using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Calls;
using Rdv.Messages;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Reliability;

/// <summary>Neither SMS nor mail leave for six hours of a Monday, from 9:00.</summary>
public sealed class ProvidersAwayTests(TableStorage storage) : ProductTest(storage)
{
    private const int Hours = 6;

    [Fact]
    public async Task Nothing_is_lost_and_nothing_is_sent_twice_and_what_cannot_wait_is_called()
    {
        var (world, product) = await StartAsync(advisors: 2);
        world.Sms.Refuse = _ => new SendResult.Unavailable("acs-unreachable");
        world.Mail.Refuse = _ => new SendResult.Unavailable("smtp-unreachable");
        var today = await product.BookAsync(new AnAppointment().At("2026-11-16T12:00"));
        var timers = ATimer.All();
        var booked = 0;
        var alarm = default(int?);
        for (var minute = 0; minute < Hours * 60; minute++)
        {
            if (minute % 30 == 0)
            {
                await product.BookAsync(new AnAppointment().At($"2026-11-{24 + (minute / 180):00}T{9 + (minute / 30 % 6):00}:00"));
                booked++;
            }

            foreach (var timer in timers.Where(timer => timer.Within(world.Clock.GetCurrentInstant(), Duration.FromMinutes(1)).Count > 0))
            {
                await timer.RunAsync(product);
            }

            alarm ??= product.Logs.Of(LogLevel.Error).Any(line => line.Contains("messages wait", StringComparison.Ordinal)) ? minute : null;
            world.Clock.AdvanceMinutes(1);
        }

        var (askedSms, askedMail) = (world.Sms.Asked.Count, world.Mail.Received.Count);
        world.Sms.Delivered.ShouldBeEmpty();
        askedMail.ShouldBe(0);
        alarm.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(20, "somebody is woken");
        askedSms.ShouldBeLessThan(Hours * 60, "a provider that is down is left alone");
        (await world.RowsAsync("call|")).Select(row => row.GetString("Reason")).ShouldBe([CallReasons.Undelivered], "for whoever comes today somebody calls in time");

        world.Sms.Refuse = null;
        world.Mail.Refuse = null;
        var back = 0;
        while ((await world.DueAsync("due|sms|")).Any(row => row.RowKey.Contains("|confirmation|", StringComparison.Ordinal)) || (await world.DueAsync("due|mail|")).Any(row => row.RowKey.Contains("|invite|", StringComparison.Ordinal)))
        {
            back.ShouldBeLessThan(30, "minutes after both are back");
            await product.DispatchAsync();
            world.Clock.AdvanceMinutes(1);
            back++;
        }

        world.Sms.Delivered.Count(sms => sms.Kind == MessageKinds.Confirmation).ShouldBe(booked);
        world.Sms.Delivered.ShouldNotContain(sms => sms.Reference == today.Reference, "it is over");
        world.Sms.Delivered.Select(sms => sms.Tag.ToString()).ShouldBeUnique();
        world.Mail.Received.Select(mail => mail.MessageId).ShouldBeUnique();
        await Consistency.ShouldHoldAsync(world, product);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Hours} hours away: alarm after {alarm} minutes, {askedSms} requests to the provider of SMS; back: {booked} confirmations and {world.Mail.Received.Count} mails left within {back} minutes, 1 call for what could not wait.");
    }
}
