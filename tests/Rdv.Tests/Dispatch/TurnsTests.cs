using NodaTime;
using Rdv.Booking;
using Rdv.Directory.Import;
using Rdv.Messages;
using Rdv.People;
using Rdv.Territories;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Dispatch;

/// <summary>More is due than the provider takes in a minute: who goes first, whose turn it is, and that nobody hears a thing twice.</summary>
public sealed class TurnsTests(TableStorage storage) : ProductTest(storage)
{
    private const int PerMinute = 6;

    [Fact]
    public async Task Who_would_come_tomorrow_hears_in_the_first_minute_that_it_is_cancelled()
    {
        var (world, product) = await CrowdedAsync();
        var tomorrow = await product.BookAsync(new AnAppointment().At("2026-11-17T15:00").With("a2"));
        await product.SendSmsAsync();
        world.Clock.AdvanceMinutes(1);
        await BacklogAsync(world, product);
        await product.CancelAsync(tomorrow, Actor.Advisor);
        await product.SendSmsAsync();
        world.Sms.Delivered.Count.ShouldBe(1 + PerMinute);
        world.Sms.Delivered.ShouldContain(sms => sms.Kind == MessageKinds.Cancellation && sms.Reference == tomorrow.Reference);
    }

    [Fact]
    public async Task Who_is_moved_to_this_afternoon_hears_in_the_first_minute()
    {
        var (world, product) = await CrowdedAsync();
        var booked = await product.BookAsync(new AnAppointment().At("2026-12-01T15:00").With("a2"));
        await product.SendSmsAsync();
        world.Clock.AdvanceMinutes(1);
        await BacklogAsync(world, product);
        await product.MoveAsync(booked, "2026-11-16T17:00");
        await product.SendSmsAsync();
        world.Sms.Delivered.ShouldContain(sms => sms.Reference == booked.Reference && sms.Kind == MessageKinds.Move);
    }

    [Fact]
    public async Task Who_has_lost_the_link_and_asks_for_it_has_it_in_the_first_minute()
    {
        var (world, product) = await CrowdedAsync();
        var booked = await product.BookAsync(new AnAppointment().At("2026-12-01T15:00").With("a2").Calling("06 39 98 71 01"));
        await product.SendSmsAsync();
        world.Clock.AdvanceMinutes(11);
        await BacklogAsync(world, product);
        await product.Get<SendLinkAgain>().ExecuteAsync(booked.Reference, "06 39 98 71 01", TestContext.Current.CancellationToken);
        await product.SendSmsAsync();
        world.Sms.Kinds.ShouldContain(MessageKinds.Link);
    }

    [Fact]
    public async Task Urgent_news_of_one_territory_do_not_wait_for_the_backlog_of_the_others()
    {
        var (world, product) = await CrowdedAsync();
        foreach (var territory in await NeighboursAsync(product, 10))
        {
            await BookInAsync(product, territory, count: 4);
        }

        var tomorrow = await product.BookAsync(new AnAppointment().At("2026-11-17T15:00"));
        await product.SendSmsAsync();
        world.Sms.Delivered.ShouldContain(sms => sms.Reference == tomorrow.Reference);
    }

    [Fact]
    public async Task The_territories_take_turns_minute_by_minute()
    {
        const int Territories = 12;
        const int Messages = 3;
        var (world, product) = await StartAsync(settings: new() { ["Sms:PerMinute"] = $"{Territories}" });
        foreach (var territory in await NeighboursAsync(product, Territories))
        {
            await BookInAsync(product, territory, Messages);
        }

        for (var minute = 1; minute <= Messages; minute++)
        {
            await product.SendSmsAsync();
            var served = world.Sms.Delivered.CountBy(sms => sms.Reference!.Value.Territory).ToList();
            served.Count.ShouldBe(Territories);
            served.ShouldAllBe(territory => territory.Value == minute);
            world.Clock.AdvanceMinutes(1);
        }
    }

    [Fact]
    public async Task A_territory_that_is_listed_late_still_has_its_turn_in_the_same_run()
    {
        var (world, product) = await StartAsync();
        var territories = await NeighboursAsync(product, 2);
        var (late, other) = (territories[0], territories[1]);
        await BookInAsync(product, late, count: 1);
        await BookInAsync(product, other, count: 1);
        var sentBefore = 0;
        product.Storage.Meanwhile = async request =>
        {
            if (request is { What: "range" } && request.Partition == late.Code)
            {
                await Eventually(() => world.Sms.Delivered.Count > 0);
                sentBefore = world.Sms.Delivered.Count;
            }
        };
        await product.SendSmsAsync();
        sentBefore.ShouldBe(1);
        world.Sms.Delivered.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Two_runs_at_once_send_nothing_twice_and_leave_nothing()
    {
        var (world, product) = await StartAsync();
        foreach (var territory in await NeighboursAsync(product, 4))
        {
            await BookInAsync(product, territory, count: 6);
        }

        await using var other = world.Start();
        await Task.WhenAll(product.SendSmsAsync(), other.SendSmsAsync(), product.SendInvitesAsync(), other.SendInvitesAsync());
        world.Sms.Asked.Count.ShouldBe(4 * 6);
        world.Sms.Delivered.Select(sms => sms.Reference).ShouldBeUnique();
        world.Mail.Received.Count.ShouldBe(4 * 6);
    }

    [Fact]
    public async Task An_instance_that_is_slow_to_die_wakes_up_behind_its_successor_and_nobody_hears_twice()
    {
        var (world, slow) = await StartAsync();
        for (var hour = 9; hour < 13; hour++)
        {
            await slow.BookAsync(new AnAppointment().At($"2026-11-24T{hour:00}:00"));
        }

        var asleep = new TaskCompletionSource();
        slow.Storage.Meanwhile = request => request.IsTransaction ? asleep.Task : Task.CompletedTask;
        var run = slow.SendSmsAsync();
        await Eventually(() => world.Sms.Delivered.Count == 4);
        world.Clock.AdvanceMinutes(2);
        await using var successor = world.Start();
        await successor.SendSmsAsync();
        asleep.SetResult();
        await run;
        world.Sms.Delivered.Count.ShouldBe(4);
        world.Sms.Delivered.Select(sms => sms.Reference).ShouldBeUnique();
        (await world.LogAsync()).Count(line => line == "confirmation 1 Sent").ShouldBe(4);
        (await world.CallsAsync()).ShouldBeEmpty();
    }

    private Task<(World World, Product Product)> CrowdedAsync() =>
        StartAsync(advisors: 2, settings: new() { ["Sms:PerMinute"] = $"{PerMinute}" });

    /// <summary>More than a minute's worth of news about appointments in weeks, all due before what comes after.</summary>
    private static async Task BacklogAsync(World world, Product product)
    {
        await BookInAsync(product, world.Territory, count: 2 * PerMinute);
        world.Clock.Advance(Duration.FromSeconds(5));
    }

    private static async Task BookInAsync(Product product, Territory territory, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var wanted = new AnAppointment().At($"2026-11-{26 + (number / 11)}T{9 + (number % 11):00}:00").With("a1").In(territory);
            (await product.Get<BookAppointment>().ExecuteAsync(wanted, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        }
    }

    private static async Task<IReadOnlyList<Territory>> NeighboursAsync(Product product, int count)
    {
        var territories = Enumerable.Range(1, count).Select(code => Territory.Parse($"{code:00}")).ToList();
        foreach (var territory in territories)
        {
            await Directories.FillAsync(product.Get<WriteDirectory>(), territory, advisors: 1);
        }

        return territories;
    }

    private static Task Eventually(Func<bool> condition) => Local.Eventually.IsTrueAsync(condition, "it is so");
}
