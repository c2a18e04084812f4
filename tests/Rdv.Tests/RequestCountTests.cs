using NodaTime;
using Rdv.Agenda;
using Rdv.Load;
using Rdv.Tests.Infrastructure;
using Rdv.Tests.Waiting;
using Rdv.Waiting;
using Shouldly;
using Xunit;

namespace Rdv.Tests;

/// <summary>What each use case costs in requests to storage, the directory being cached: the numbers that the design promises.</summary>
public sealed class RequestCountTests(TableStorage storage) : ProductTest(storage)
{
    [Fact]
    public async Task A_search_of_a_territory_is_one_and_none_within_two_seconds_of_another()
    {
        var (_, product) = await StartWarmAsync(advisors: 3);
        for (var i = 0; i < 3; i++)
        {
            await product.BookAsync(new AnAppointment().At($"2026-11-2{3 + i}T09:00"));
        }

        (await product.Storage.DuringAsync(() => product.SearchAsync(new LocalDate(2026, 11, 23)))).ShouldBeEmpty();
        product.Time.Skip(RecentAgendas.MaxAge);
        (await product.Storage.DuringAsync(() => product.SearchAsync(new LocalDate(2026, 11, 23)))).ShouldBe(["range"]);
        (await product.Storage.DuringAsync(() => product.SearchAsync(new LocalDate(2026, 11, 23), days: 35))).ShouldBe(["range"]);
        (await product.Storage.DuringAsync(() => product.SearchAsync(new LocalDate(2026, 11, 24), days: 35))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_booking_is_two()
    {
        var (_, product) = await StartWarmAsync(advisors: 3);
        (await product.Storage.DuringAsync(() => product.BookAsync(new AnAppointment().With("a1")))).ShouldBe(["point", "transaction"]);
        (await product.Storage.DuringAsync(() => product.BookAsync(new AnAppointment()))).ShouldBe(["point", "transaction"]);
    }

    [Fact]
    public async Task A_booking_of_any_advisor_reads_the_territory_once_when_nobody_has_asked_lately()
    {
        var (_, product) = await StartWarmAsync(advisors: 3);
        product.Time.Skip(RecentAgendas.MaxAge);
        (await product.Storage.DuringAsync(() => product.BookAsync(new AnAppointment()))).ShouldBe(["range", "point", "transaction"]);
    }

    [Fact]
    public async Task A_hold_is_two()
    {
        var (_, product) = await StartWarmAsync();
        (await product.Storage.DuringAsync(() => product.HoldAsync("2026-11-24T09:00"))).ShouldBe(["point", "transaction"]);
    }

    [Fact]
    public async Task A_request_to_be_called_is_two_and_a_slot_that_is_taken_from_the_waiting_list_three()
    {
        var (world, product) = await StartWarmAsync();
        var booked = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        (await product.Storage.DuringAsync(() => product.TryAskAsync(world, new ARequest("06 39 98 45 01")))).ShouldBe(["range", "transaction"]);
        await product.CancelAsync(booked);
        await product.DoChoresAsync();
        var person = (await product.Get<IWaitingStore>().ListAsync(world.Territory, CancellationToken.None)).ShouldHaveSingleItem().Value;
        (await product.Storage.DuringAsync(() => product.ClaimAsync(person))).ShouldBe(["point", "point", "transaction"]);
    }

    [Fact]
    public async Task A_cancellation_is_three()
    {
        var (_, product) = await StartWarmAsync();
        var booked = await product.BookAsync(new AnAppointment());
        (await product.Storage.DuringAsync(() => product.CancelAsync(booked))).ShouldBe(["point", "point", "transaction"]);
    }

    [Fact]
    public async Task A_move_inside_a_month_is_three()
    {
        var (_, product) = await StartWarmAsync();
        var booked = await product.BookAsync(new AnAppointment());
        (await product.Storage.DuringAsync(() => product.MoveAsync(booked, "2026-11-26T09:00"))).ShouldBe(["point", "point", "transaction"]);
    }

    [Fact]
    public async Task The_load_of_a_structure_for_a_month_is_one()
    {
        var (world, product) = await StartWarmAsync(advisors: 3);
        await product.BookAsync(new AnAppointment());
        LoadReport? report = null;
        (await product.Storage.DuringAsync(async () => report = (await product.Get<ReadLoad>().ExecuteAsync(
            world.Territory, Directories.Structure, new LocalDate(2026, 11, 1), null, CancellationToken.None)).Value))
            .ShouldBe(["range"]);
        report!.Totals.Booked.ShouldBe(1);
    }

    [Fact]
    public async Task The_page_of_a_structure_is_two_for_a_year_and_so_is_that_of_a_territory()
    {
        var (world, product) = await StartWarmAsync(advisors: 3);
        var (from, to) = (new LocalDate(2026, 1, 1), new LocalDate(2026, 12, 31));
        (await product.Storage.DuringAsync(async () =>
        {
            await product.Get<ReadLoad>().ExecuteAsync(world.Territory, Directories.Structure, from, to, CancellationToken.None);
            await product.Get<ReadUnmet>().ExecuteAsync(world.Territory, Directories.Structure, from, to, CancellationToken.None);
        })).ShouldBe(["range", "range"]);
        (await product.Storage.DuringAsync(() => product.Get<ReadSums>().OfTerritoryAsync(world.Territory, from, to, withHours: true, CancellationToken.None)))
            .ShouldBe(["range", "range"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task A_message_is_three_and_a_run_three_more_and_two_for_each_hundred(int messages)
    {
        var (world, product) = await StartWarmAsync();

        // That they have looked is written every five minutes, and not by each run.
        await product.DispatchAsync();
        for (var i = 0; i < messages; i++)
        {
            await product.BookAsync(new AnAppointment().At($"2026-11-24T{9 + i:00}:00"));
        }

        // The switches and the count, the list of territories, and what is due there; a lease, and what was left of it; then claim, reload
        // and settle.
        var requests = await product.Storage.DuringAsync(product.SendSmsAsync);
        requests.CountBy(request => request).OrderBy(count => count.Key).ShouldBe(
            [new("point", messages), new("range", 3), new("transaction", messages), new("update", messages + 2)]);
        world.Sms.Delivered.Count.ShouldBe(messages);
        (await product.Storage.DuringAsync(product.SendSmsAsync)).ShouldBe(["range", "range", "range"]);

        // A mail is not leased.
        requests = await product.Storage.DuringAsync(product.SendInvitesAsync);
        requests.CountBy(request => request).OrderBy(count => count.Key).ShouldBe(
            [new("point", messages), new("range", 3), new("transaction", messages), new("update", messages)]);
    }

    /// <summary>
    /// What an instance asks of storage in one minute in which nobody does anything, in the middle of a working day: each timer at its schedule,
    /// an hour's share of each (docs/adr/0014).
    /// </summary>
    [Fact]
    public async Task An_idle_minute_of_all_timers_in_101_territories_is_260_at_most()
    {
        const int Most = 260;
        var (world, product) = await StartWarmAsync();
        foreach (var territory in Country.Territories)
        {
            await product.Directory.ListTerritoryAsync(territory, TestContext.Current.CancellationToken);
        }

        // The directories are read once, and then once a minute at most while somebody asks: not at all while nobody does.
        await product.Get<FreezeDays>().ExecuteAsync(TestContext.Current.CancellationToken);
        var timers = ATimer.All();
        foreach (var timer in timers)
        {
            world.GoTo("2026-11-24T10:57");
            await timer.RunAsync(product);
        }

        // In the order of an hour, but of what runs each minute every fourth: that is each territory's turn of fifteen minutes once.
        var hour = timers.ToDictionary(timer => timer, timer => timer.Within(world.At("2026-11-24T11:00"), Duration.FromHours(1)));
        var counts = timers.ToDictionary(timer => timer, _ => new List<int>());
        foreach (var (at, timer) in hour.SelectMany(runs => runs.Value.Where((_, index) => index % Math.Max(1, runs.Value.Count / 15) == 0).Select(at => (at, runs.Key))).OrderBy(run => run.at))
        {
            world.Clock.Reset(at);
            counts[timer].Add((await product.Storage.DuringAsync(() => timer.RunAsync(product))).Length);
        }

        var idle = 0.0;
        foreach (var timer in timers)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{timer.Name}: {counts[timer].Average():F1} a run, {hour[timer].Count} runs an hour");
            idle += counts[timer].Average() * hour[timer].Count / 60;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{idle:F1} a minute");
        idle.ShouldBeLessThanOrEqualTo(Most);
    }

    /// <summary>The directory and the agenda have just been read.</summary>
    private async Task<(World World, Product Product)> StartWarmAsync(int advisors = 1)
    {
        var (world, product) = await StartAsync(advisors);
        product.Time.Stop();
        await product.SearchAsync(new LocalDate(2026, 11, 23));
        return (world, product);
    }
}
