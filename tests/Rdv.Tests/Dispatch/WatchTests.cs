using Microsoft.Extensions.Logging;
using Rdv.Dispatch;
using Rdv.Messages;
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
        await product.Get<PauseDispatch>().ChangeAsync(sms: true, mail: false, CancellationToken.None);
        (await product.Get<WatchBacklog>().ExecuteAsync(CancellationToken.None)).ShouldBeEmpty();
        product.Logs.Of(LogLevel.Warning).ShouldNotContain(line => line.Contains("has been paused", StringComparison.Ordinal));
        world.Clock.AdvanceMinutes(15);
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
}
