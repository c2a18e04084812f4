using NodaTime;
using Rdv.Messages;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Reliability;

/// <summary>Two instances whose clocks differ book and send at the same time.</summary>
public sealed class SkewedClockTests(TableStorage storage) : ProductTest(storage)
{
    private const int Minutes = 15;

    /// <summary>Azure keeps its machines within a second. Beyond the lifetime of a claim an instance takes the other's for one that died: it repeats it under its own id, which the provider recognises, or leaves it to a call.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(120)]
    public async Task Each_message_rings_once_and_none_is_lost(int seconds)
    {
        var (world, product) = await StartAsync(advisors: 1);
        var ahead = world.Start(clock: new Skewed(world.Clock, Duration.FromSeconds(seconds)));
        var behind = world.Start(clock: new Skewed(world.Clock, -Duration.FromSeconds(seconds)));
        var booked = 0;
        for (var minute = 0; minute < Minutes; minute++)
        {
            if (minute < 10)
            {
                // Both want the same hour: one gets it.
                var wanted = new AnAppointment().At($"2026-11-24T{9 + minute:00}:00");
                var both = await Task.WhenAll(ahead.TryBookAsync(wanted), behind.TryBookAsync(new AnAppointment().At($"2026-11-24T{9 + minute:00}:00")));
                both.Count(result => result.Refusal is null).ShouldBe(1);
                booked++;
            }

            await Task.WhenAll(ahead.DispatchAsync(), behind.DispatchAsync());
            world.Clock.AdvanceMinutes(1);
        }

        await Consistency.ShouldHoldAsync(world, product);
        world.Sms.Delivered.Select(sms => sms.Tag.ToString()).ShouldBeUnique("no telephone rings twice");
        world.Sms.Delivered.Count(sms => sms.Kind == MessageKinds.Confirmation).ShouldBe(booked);
        (await world.DueAsync("due|sms|")).ShouldNotContain(row => row.RowKey.Contains("|confirmation|", StringComparison.Ordinal));
        var calls = (await world.CallsAsync()).Count;
        var repeated = world.Mail.Received.Count - world.Mail.Received.Select(mail => mail.MessageId).Distinct().Count();
        if (Duration.FromSeconds(2 * seconds) < Rdv.Dispatch.DispatchMessages.ClaimLifetime)
        {
            (calls, repeated).ShouldBe((0, 0));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{seconds} s ahead and {seconds} s behind: {booked} of {2 * booked} booked, {booked} confirmations, {calls} calls too many, {repeated} mails repeated under their own id.");
    }

    private sealed class Skewed(IClock clock, Duration by) : IClock
    {
        public Instant GetCurrentInstant() => clock.GetCurrentInstant() + by;
    }
}
