using Rdv.Appointments;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Booking;

/// <summary>A process that is killed at any step of a change leaves all of it or nothing, and its repetition makes it once.</summary>
public sealed class KilledBookingTests(TableStorage storage) : ProductTest(storage)
{
    [Fact]
    public async Task A_booking()
    {
        var kills = await KillAtEachStepAsync(
            _ => Task.FromResult<Appointment?>(null),
            async (product, _) => (await product.TryBookAsync(new AnAppointment().Calling("06 39 98 00 01").Under("k"))).Refusal.ShouldBeNull(),
            appointment => (appointment.Status, appointment.Version).ShouldBe((AppointmentStatus.Booked, 1)));
        kills.ShouldBe(["before range", "after range", "before point", "after point", "before transaction", "after transaction"]);
    }

    [Fact]
    public async Task A_cancellation()
    {
        var kills = await KillAtEachStepAsync(
            async product => await product.BookAsync(new AnAppointment()),
            (product, appointment) => product.CancelAsync(appointment!),
            appointment => (appointment.Status, appointment.Version).ShouldBe((AppointmentStatus.Cancelled, 2)));
        kills.ShouldContain("after transaction");
    }

    [Fact]
    public async Task A_move_over_two_months()
    {
        var kills = await KillAtEachStepAsync(
            async product => await product.BookAsync(new AnAppointment()),
            (product, appointment) => product.MoveAsync(appointment!, "2026-12-02T10:00"),
            appointment => (appointment.Status, appointment.Version).ShouldBe((AppointmentStatus.Booked, 2)));
        kills.ShouldContain("after transaction");
    }

    /// <returns>The steps at which it was killed.</returns>
    private async Task<List<string>> KillAtEachStepAsync(
        Func<Product, Task<Appointment?>> prepare, Func<Product, Appointment?, Task> change, Action<Appointment> isChanged)
    {
        var kills = new List<string>();
        for (var step = 1; ; step++)
        {
            var (world, restarted) = await StartAsync();
            var appointment = await prepare(restarted);
            var kill = await world.KillAsync(new KillSwitch(step), killed => change(killed, appointment));
            if (kill.Fired)
            {
                kills.Add(kill.Where!);
            }

            // All of it, or nothing.
            await Consistency.ShouldHoldAsync(world, restarted);
            world.Clock.AdvanceMinutes(1);
            await change(restarted, appointment);
            isChanged((await Consistency.ShouldHoldAsync(world, restarted))
                .ShouldHaveSingleItem());
            if (!kill.Fired)
            {
                return kills;
            }
        }
    }
}
