using NodaTime;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Messages;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Reliability;

/// <summary>Storage answers too late for five minutes, then not at all for ten, and comes back. People go on trying.</summary>
public sealed class StorageAwayTests(TableStorage storage) : ProductTest(storage)
{
    private const int Slow = 5;
    private const int Down = 10;

    [Fact]
    public async Task Whoever_tries_again_is_booked_once_and_hears_of_it_once()
    {
        var (world, product) = await StartAsync(advisors: 1);
        var timers = ATimer.All();
        var wanted = new List<AnAppointment>();
        var (unsure, busy, failedRuns, asked) = (0, 0, 0, 0);
        for (var minute = 0; minute < Slow + Down + 3; minute++)
        {
            var requests = 0;
            product.Storage.Fault = minute switch
            {
                // Storage does what it is asked, and whoever asks has stopped waiting: at every third request, every fourth time.
                < Slow => _ => Interlocked.Increment(ref requests) % 3 == 0 ? StorageFault.AnswerLate : StorageFault.None,
                < Slow + Down => _ => StorageFault.NotReached,
                _ => null,
            };
            var one = new AnAppointment().At($"2026-11-{24 + (minute / 10):00}T{9 + (minute % 10):00}:00").Under($"person-{minute}");
            wanted.Add(one);

            // Everyone who has no answer yet presses the button again.
            foreach (var person in wanted)
            {
                asked++;
                try
                {
                    (await product.TryBookAsync(person)).Refusal.ShouldBeNull();
                }
                catch (UnknownOutcomeException)
                {
                    unsure++;
                }
                catch (StorageUnavailableException)
                {
                    busy++;
                }
            }

            foreach (var timer in timers.Where(timer => timer.Within(world.Clock.GetCurrentInstant(), Duration.FromMinutes(1)).Count > 0))
            {
                try
                {
                    await timer.RunAsync(product);
                }
                catch (StorageUnavailableException)
                {
                    failedRuns++;
                }
            }

            world.Clock.AdvanceMinutes(1);
        }

        busy.ShouldBeGreaterThan(0);
        await product.DispatchForAsync(3);
        (await Consistency.ShouldHoldAsync(world, product)).Count.ShouldBe(wanted.Count);
        // Of an SMS whose settlement was lost before the outage nobody knows: it is called, and not sent again.
        var confirmed = world.Sms.Delivered.Count(sms => sms.Kind == MessageKinds.Confirmation);
        var calls = (await world.CallsAsync()).Count(call => call == "unknown confirmation");
        (confirmed + calls).ShouldBeGreaterThanOrEqualTo(wanted.Count, "everyone hears of it");
        calls.ShouldBeLessThanOrEqualTo(Slow);
        world.Sms.Delivered.Select(sms => sms.Tag.ToString()).ShouldBeUnique();
        world.Mail.Received.Where(mail => mail.Kind == MessageKinds.Invite).Select(mail => mail.MessageId).Distinct().Count().ShouldBe(wanted.Count);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Slow} minutes slow, {Down} down: {asked} tries of {wanted.Count} people, {busy} busy, {unsure} unsure, {failedRuns} runs of timers failed; at the end {wanted.Count} appointments, {confirmed} confirmations, {calls} calls about an SMS that may not have left.");
    }
}
