using Microsoft.Extensions.Logging;
using Rdv.Dispatch;
using Rdv.Messages;
using Rdv.Territories;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Dispatch;

/// <summary>Someone is told when messages do not leave, and nobody when they do.</summary>
public sealed class WatchTests(TableStorage storage) : ProductTest(storage)
{
    [Fact]
    public async Task A_backlog_is_an_error_that_names_the_territory_and_no_person()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        world.Clock.AdvanceMinutes(14);
        (await product.Get<WatchBacklog>().ExecuteAsync(CancellationToken.None)).ShouldBeEmpty();
        world.Clock.AdvanceMinutes(6);
        (await product.Get<WatchBacklog>().ExecuteAsync(CancellationToken.None)).Select(backlog => (backlog.Channel, backlog.Count)).ShouldBe(
            [(Channel.Sms, 1), (Channel.Mail, 1)], ignoreOrder: true);
        product.Logs.Of(LogLevel.Error).ShouldBe(
            ["Territory 69: 1 Sms messages wait; the oldest was due 20 minutes ago.", "Territory 69: 1 Mail messages wait; the oldest was due 20 minutes ago."],
            ignoreOrder: true);
        await product.DispatchAsync();
        (await product.Get<WatchBacklog>().ExecuteAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pause_is_no_backlog_and_a_long_one_is_a_warning()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        await product.SendInvitesAsync();
        await product.Get<PauseDispatch>().ChangeAsync(sms: true, mail: null, CancellationToken.None);
        world.Clock.AdvanceMinutes(50);
        await product.DispatchAsync();
        await product.Get<PauseDispatch>().ChangeAsync(sms: true, mail: false, CancellationToken.None);
        (await product.Get<WatchBacklog>().ExecuteAsync(CancellationToken.None)).ShouldBeEmpty();
        product.Logs.Of(LogLevel.Warning).ShouldNotContain(line => line.Contains("has been paused", StringComparison.Ordinal));
        world.Clock.AdvanceMinutes(15);
        await product.DispatchAsync();
        (await product.Get<WatchBacklog>().ExecuteAsync(CancellationToken.None)).ShouldBeEmpty();
        product.Logs.Of(LogLevel.Error).ShouldBeEmpty();
        product.Logs.Of(LogLevel.Warning).ShouldContain("Sms has been paused for 65 minutes: what cannot wait becomes calls.");
    }

    [Fact]
    public async Task A_reminder_that_waits_for_the_morning_wakes_nobody()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment().At("2026-11-24T15:00"));
        await product.DispatchAsync();
        world.GoTo("2026-11-23T22:00");
        await product.DispatchAsync();
        (await product.Get<WatchBacklog>().ExecuteAsync(CancellationToken.None)).ShouldBeEmpty();
        world.GoTo("2026-11-24T09:20");
        (await product.Get<WatchBacklog>().ExecuteAsync(CancellationToken.None)).ShouldContain(backlog => backlog.Channel == Channel.Sms && backlog.Count == 2);
    }

    [Fact]
    public async Task Appointments_tomorrow_and_nobody_reminded_is_an_error_though_nothing_waits()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment());
        await product.BookAsync(new AnAppointment().At("2026-11-24T11:00"));
        await product.DispatchAsync();
        foreach (var row in await world.RowsAsync("due|sms|"))
        {
            await world.Table.DeleteEntityAsync(row.PartitionKey, row.RowKey);
        }

        world.GoTo("2026-11-23T11:58");
        (await product.Get<WatchReminders>().ExecuteAsync(CancellationToken.None)).ShouldBeEmpty();
        world.GoTo("2026-11-23T12:00");
        (await product.Get<WatchReminders>().ExecuteAsync(CancellationToken.None)).ShouldBe([world.Territory]);
        await product.DispatchAsync();
        (await product.Get<WatchBacklog>().ExecuteAsync(CancellationToken.None)).ShouldBeEmpty();
        product.Logs.Of(LogLevel.Error).ShouldBe(["Territory 69: nobody was reminded of tomorrow; 2 appointments were looked at."]);
    }

    [Fact]
    public async Task Seats_of_a_workshop_are_watched_over_too()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment().In(await product.PlanWorkshopAsync("2026-11-24T14:00")));
        foreach (var row in await world.RowsAsync("due|sms|"))
        {
            await world.Table.DeleteEntityAsync(row, cancellationToken: TestContext.Current.CancellationToken);
        }

        world.GoTo("2026-11-23T12:00");
        (await product.Get<WatchReminders>().ExecuteAsync(CancellationToken.None)).ShouldBe([world.Territory]);
    }

    [Fact]
    public async Task Silence_is_not_seen_where_people_were_reminded_called_or_booked_too_late_for_it()
    {
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment().OnALandline());
        world.GoTo("2026-11-23T12:00");
        await product.BookAsync(new AnAppointment().At("2026-11-24T13:00"));
        (await product.Get<WatchReminders>().ExecuteAsync(CancellationToken.None)).ShouldBeEmpty();

        var (other, reminded) = await StartAsync();
        await using var __ = reminded;
        await reminded.BookAsync(new AnAppointment());
        await reminded.BookAsync(new AnAppointment().At("2026-11-24T11:00"));
        await reminded.DispatchAsync();
        other.GoTo("2026-11-23T11:30");
        await reminded.DispatchAsync();
        other.GoTo("2026-11-23T12:00");
        (await reminded.Get<WatchReminders>().ExecuteAsync(CancellationToken.None)).ShouldBeEmpty();
        reminded.Logs.Of(LogLevel.Error).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_spent_budget_is_an_error_at_each_look()
    {
        var (_, product) = await StartAsync(settings: new() { ["Sms:PerDay"] = "1" });
        await product.BookAsync(new AnAppointment());
        await product.DispatchAsync();
        await product.Get<WatchBacklog>().ExecuteAsync(CancellationToken.None);
        product.Logs.Of(LogLevel.Error).ShouldContain(line => line.StartsWith("The budget of 1 SMS", StringComparison.Ordinal));
    }

    /// <summary>Someone can still raise it, or stop what sends: an alert looks for this line.</summary>
    [Fact]
    public async Task Four_fifths_of_a_budget_are_told_at_each_look_and_less_is_not()
    {
        var (_, product) = await StartAsync(settings: new() { ["Sms:PerDay"] = "5" });
        for (var sent = 1; sent <= 5; sent++)
        {
            await product.BookAsync(new AnAppointment().At($"2026-11-24T{8 + sent:00}:00"));
            await product.DispatchAsync();
            await product.Get<WatchBacklog>().ExecuteAsync(CancellationToken.None);
            product.Logs.Of(LogLevel.Warning).Count(line => line.StartsWith("SMS of today: 4 of a budget of 5", StringComparison.Ordinal)).ShouldBe(sent >= 4 ? 1 : 0);
        }

        // Then it is an Error, and one is enough.
        product.Logs.Of(LogLevel.Warning).ShouldNotContain(line => line.StartsWith("SMS of today: 5", StringComparison.Ordinal));
        product.Logs.Of(LogLevel.Error).ShouldContain(line => line.StartsWith("The budget of 5 SMS", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Channel.Sms)]
    [InlineData(Channel.Mail)]
    [InlineData(Channel.Chore)]
    public async Task A_loop_that_has_died_is_an_error_before_anything_waits(Channel dead)
    {
        var (world, product) = await StartAsync();
        await RunAsync(product, dead);
        world.Clock.AdvanceMinutes(14);
        await RunAllBut(product, dead);
        (await product.Get<WatchBacklog>().ExecuteAsync(CancellationToken.None)).ShouldBeEmpty();
        product.Logs.Of(LogLevel.Error).ShouldBeEmpty();
        world.Clock.AdvanceMinutes(1);
        await RunAllBut(product, dead);
        (await product.Get<WatchBacklog>().ExecuteAsync(CancellationToken.None)).ShouldBeEmpty();
        product.Logs.Of(LogLevel.Error).ShouldHaveSingleItem().ShouldStartWith($"Nothing has looked for {dead} messages for 15 minutes");
    }

    [Fact]
    public async Task What_waits_for_a_loop_that_has_died_is_found_in_every_territory()
    {
        var (world, product) = await StartAsync();
        await ListOthersAsync(product);
        await RunAllBut(product, null);
        await product.BookAsync(new AnAppointment());
        world.Clock.AdvanceMinutes(14);
        (await product.Get<WatchBacklog>().ExecuteAsync(CancellationToken.None)).ShouldBeEmpty();
        world.Clock.AdvanceMinutes(5);
        (await product.Get<WatchBacklog>().ExecuteAsync(CancellationToken.None)).Select(backlog => (backlog.Territory, backlog.Channel)).ShouldBe(
            [(world.Territory, Channel.Sms), (world.Territory, Channel.Mail)], ignoreOrder: true);
    }

    [Fact]
    public async Task What_the_loop_cannot_send_is_raised_where_it_saw_it_wait_and_nothing_else_is_asked_for()
    {
        var (world, product) = await StartAsync();
        await ListOthersAsync(product);
        await product.BookAsync(new AnAppointment());
        world.Sms.Refuse = _ => new SendResult.Unavailable("down");
        for (var minute = 0; minute < 20; minute++)
        {
            await RunAllBut(product, null);
            world.Clock.AdvanceMinutes(1);
        }

        // Its own turn is another one.
        var asked = await product.Storage.DuringAsync(async () =>
            (await product.Get<WatchBacklog>().ExecuteAsync(CancellationToken.None)).ShouldHaveSingleItem().Channel.ShouldBe(Channel.Sms));
        asked.Length.ShouldBeLessThan(20);
        product.Logs.Of(LogLevel.Error).ShouldBe(["Territory 69: 1 Sms messages wait; the oldest was due 20 minutes ago."]);
    }

    [Fact]
    public async Task A_loop_that_sees_nothing_where_something_waits_is_found_out_within_the_hour()
    {
        var (world, product) = await StartAsync();
        await ListOthersAsync(product);
        await product.BookAsync(new AnAppointment());
        world.Clock.AdvanceMinutes(20);
        var found = 0;
        for (var run = 0; run < 12; run++)
        {
            foreach (var channel in Enum.GetValues<Channel>())
            {
                await product.Get<IDispatchControlStore>().WriteAsync(channel, Heartbeat.First(world.Clock.GetCurrentInstant()), CancellationToken.None);
            }

            found += (await product.Get<WatchBacklog>().ExecuteAsync(CancellationToken.None)).Count(backlog => backlog.Territory == world.Territory);
            world.Clock.AdvanceMinutes(5);
        }

        // Once for the SMS, once for the mail.
        found.ShouldBe(2);
    }

    [Fact]
    public async Task A_territory_that_the_loops_could_not_read_is_looked_at_and_named()
    {
        var (world, product) = await StartAsync();
        await ListOthersAsync(product);
        foreach (var _ in Enumerable.Range(0, 12))
        {
            product.Storage.Fault = request => request.Partition == "31" ? StorageFault.NotReached : StorageFault.None;
            await RunAllBut(product, null);
            await product.Get<WatchBacklog>().ExecuteAsync(CancellationToken.None);
            product.Storage.Fault = null;
            world.Clock.AdvanceMinutes(5);
        }

        product.Logs.Of(LogLevel.Error).Count(line => line == "What waits could not be read in 1 territories: 31. The others were looked at.").ShouldBe(12);
    }

    /// <summary>So many that the watchdog looks into few of them by itself at a time.</summary>
    private static async Task ListOthersAsync(Product product)
    {
        foreach (var number in Enumerable.Range(21, 40))
        {
            await product.Directory.ListTerritoryAsync(Territory.Parse($"{number:00}"), TestContext.Current.CancellationToken);
        }
    }

    private static async Task RunAllBut(Product product, Channel? dead)
    {
        foreach (var channel in Enum.GetValues<Channel>().Where(channel => channel != dead))
        {
            await RunAsync(product, channel);
        }
    }

    private static Task RunAsync(Product product, Channel channel) => channel switch
    {
        Channel.Sms => product.SendSmsAsync(),
        Channel.Mail => product.SendInvitesAsync(),
        _ => product.DoChoresAsync(),
    };
}
