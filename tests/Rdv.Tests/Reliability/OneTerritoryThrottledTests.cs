using NodaTime;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Directory.Import;
using Rdv.Dispatch;
using Rdv.Territories;
using Rdv.Tests.Backups;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Reliability;

/// <summary>Storage refuses one département for ten minutes. Who lives in another one notices nothing.</summary>
public sealed class OneTerritoryThrottledTests(TableStorage storage) : ProductTest(storage)
{
    private readonly TableStorage _storage = storage;
    private const int Minutes = 10;
    private static readonly Territory Throttled = Territory.Parse("13");

    [Fact]
    public async Task The_other_hundred_book_and_are_told_in_time_and_every_timer_goes_on()
    {
        var (world, _) = await StartAsync();
        // With backups, or their timer has nothing to do.
        var backup = await ABackup.OfAsync(world, _storage);
        var product = backup.Start();
        foreach (var territory in Country.Territories.Where(territory => territory != world.Territory))
        {
            await Directories.FillAsync(product.Get<WriteDirectory>(), territory, advisors: 1);
        }

        var waiting = await BookAsync(product, Throttled);
        product.Storage.Fault = request => request.Partition == Throttled.Code ? StorageFault.Refused : StorageFault.None;
        var timers = ATimer.All();
        var others = new Queue<Territory>(Country.Territories.Where(territory => territory != Throttled));
        var (runs, booked) = (0, 0);
        for (var minute = 0; minute <= Minutes; minute++)
        {
            for (var i = 0; i < 10 && others.TryDequeue(out var territory); i++)
            {
                await BookAsync(product, territory);
                booked++;
            }

            foreach (var timer in timers.Where(timer => timer.Within(world.Clock.GetCurrentInstant(), Duration.FromMinutes(1)).Count > 0))
            {
                // A run that throws is a run that failed.
                await timer.RunAsync(product);
                runs++;
            }

            (await product.Get<PauseDispatch>().ReadAsync(TestContext.Current.CancellationToken)).Loops.InTrouble.ShouldBe([Throttled], $"health, minute {minute}");
            world.Sms.Delivered.Count.ShouldBe(booked, $"who booked in this minute has their SMS in it, minute {minute}");
            world.Clock.AdvanceMinutes(1);
        }

        booked.ShouldBe(100);
        (await backup.FilesAsync()).Count.ShouldBe(100, "the files of all others");
        await Should.ThrowAsync<StorageUnavailableException>(() => BookAsync(product, Throttled, hour: 11));

        product.Storage.Mend();
        await product.DispatchAsync();
        await product.DoChoresAsync();
        (await product.Get<PauseDispatch>().ReadAsync(TestContext.Current.CancellationToken)).Loops.InTrouble.ShouldBeEmpty();
        world.Sms.Delivered[^1].Reference.ShouldBe(waiting.Reference, "what waited there leaves with the first run");
        world.Sms.Delivered.Select(sms => sms.Tag.ToString()).ShouldBeUnique();
        await BookAsync(product, Throttled, hour: 11);
        (await backup.ExportAsync()).ShouldBeTrue();
        TestContext.Current.TestOutputHelper?.WriteLine($"{Minutes} minutes, {runs} runs of {timers.Count} timers, {booked} bookings elsewhere: {runs} runs completed, {booked} SMS in the minute of their booking.");
    }

    /// <summary>The people of the others are forgotten in their night; its own in the night after.</summary>
    [Fact]
    public async Task Its_own_night_comes_later_and_no_other()
    {
        var (world, product) = await StartAsync(settings: new() { ["Privacy:Days"] = "1" });
        await Directories.FillAsync(product.Get<WriteDirectory>(), Throttled, advisors: 1);
        var (here, there) = (await BookAsync(product, world.Territory), await BookAsync(product, Throttled));
        product.Storage.Fault = request => request.Partition == Throttled.Code ? StorageFault.Refused : StorageFault.None;
        await NightAsync("2026-11-26");
        product.Storage.Mend();
        (await IsKnownAsync(here), await IsKnownAsync(there)).ShouldBe((false, true));
        await NightAsync("2026-11-27");
        (await IsKnownAsync(there)).ShouldBeFalse();

        async Task NightAsync(string date)
        {
            world.GoTo($"{date}T03:00");
            foreach (var timer in ATimer.All().Where(timer => timer.Within(world.Clock.GetCurrentInstant(), Duration.FromMinutes(30)).Count > 0))
            {
                await timer.RunAsync(product);
            }
        }

        async Task<bool> IsKnownAsync(Appointments.Appointment booked) =>
            (await product.Get<IAppointmentStore>().ReadAsync(booked.Reference, TestContext.Current.CancellationToken))!.Value.ForgottenAt is null;
    }

    private static async Task<Appointments.Appointment> BookAsync(Product product, Territory territory, int hour = 9)
    {
        var start = new LocalDateTime(2026, 11, 24, hour, 0).InZoneLeniently(territory.Zone).ToInstant();
        return (await product.Get<BookAppointment>().ExecuteAsync(new AnAppointment().At(start).In(territory), TestContext.Current.CancellationToken)).Value.Appointment;
    }
}
