using NodaTime;
using Rdv.Appointments;
using Rdv.Messages;
using Rdv.Tests.Infrastructure;
using Shouldly;

namespace Rdv.Tests.Concurrency;

/// <summary>The timers have run now and then, and run after all is over, on two instances at once: each person was told what is true, once.</summary>
internal static class Messages
{
    public static async Task ShouldReachEveryoneOnceAsync(World world, Product product, IReadOnlyList<Call> calls)
    {
        var appointments = await Consistency.ShouldHoldAsync(world, product);
        await using var other = world.Start();
        await DispatchAsync(product, other);

        // Reminders leave in the morning.
        for (var day = world.Clock.GetCurrentInstant().InZone(world.Territory.Zone).Date.PlusDays(1); day <= new LocalDate(2026, 12, 3); day = day.PlusDays(1))
        {
            world.Clock.Reset(day.At(new LocalTime(11, 30)).InZoneStrictly(world.Territory.Zone).ToInstant());
            await DispatchAsync(product, other);
        }

        await WaitingList.ShouldBeToldOnceAsync(world, product);
        world.Sms.Delivered.Select(sms => sms.RepeatabilityId).ShouldBeUnique("no SMS rings twice");
        var log = await world.RowsAsync("log|");
        foreach (var appointment in appointments)
        {
            var told = new Told(world, log, appointment);
            told.ShouldBeOnce();
            told.ShouldEndWithWhatIsTrue(appointments);
            told.ShouldStopWith(calls);
            told.ShouldFillTheRightCalendar();
        }

        await Consistency.ShouldHoldAsync(world, product);
    }

    private static Task DispatchAsync(params Product[] instances) =>
        Task.WhenAll(instances.SelectMany(instance => new Task[] { instance.SendSmsAsync(), instance.SendInvitesAsync() }));
}
