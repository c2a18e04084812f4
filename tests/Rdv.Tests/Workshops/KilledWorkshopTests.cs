using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Tests.Infrastructure;
using Rdv.Workshops;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Workshops;

/// <summary>A process that is killed at any step of a change of a workshop: the chores finish it, and each person is told once.</summary>
public sealed class KilledWorkshopTests(TableStorage storage) : ProductTest(storage)
{
    [Fact]
    public async Task A_cancellation() => await KillAtEachStepAsync(
        (product, workshop) => product.TryCancelAsync(workshop),
        seat => seat.Status.ShouldBe(AppointmentStatus.Cancelled),
        "cancellation");

    [Fact]
    public async Task A_move() => await KillAtEachStepAsync(
        (product, workshop) => product.TryMoveAsync(workshop, "2026-12-02T10:00"),
        seat => seat.LocalStart.ShouldBe(AnAppointment.Wall("2026-12-02T10:00")),
        "move");

    [Fact]
    public async Task A_run_that_is_overtaken_by_a_move_back_brings_no_seat_to_where_the_workshop_was()
    {
        var (world, product) = await StartAsync();
        var workshop = await product.PlanWorkshopAsync("2026-11-24T14:00");
        var seat = await product.BookAsync(new AnAppointment().In(workshop));
        var (slow, transactions) = (world.Start(), 0);
        slow.Storage.Meanwhile = async request =>
        {
            // The first moves the workshop; the second would take the seat along.
            if (request.IsTransaction && ++transactions == 2)
            {
                (await product.TryMoveAsync(workshop, "2026-11-24T14:00")).Refusal.ShouldBeNull();
            }
        };
        (await slow.TryMoveAsync(workshop, "2026-12-02T10:00")).Refusal.ShouldBeNull();
        transactions.ShouldBeGreaterThan(1);
        world.Clock.AdvanceMinutes(2);
        await product.DoChoresAsync();
        (await product.Get<IAppointmentStore>().ReadAsync(seat.Reference, TestContext.Current.CancellationToken))!.Value.LocalStart.ShouldBe(AnAppointment.Wall("2026-11-24T14:00"));
        (await world.LongChangesAsync()).ShouldBeEmpty();
    }

    private async Task KillAtEachStepAsync(Func<Product, Workshop, Task<Result<WorkshopChanged>>> change, Action<Appointment> isChanged, string kind)
    {
        var kills = new List<string>();
        for (var step = 1; ; step++)
        {
            var (world, restarted) = await StartAsync();
            var workshop = await restarted.PlanWorkshopAsync("2026-11-24T14:00");
            for (var seats = 0; seats < 2; seats++)
            {
                await restarted.BookAsync(new AnAppointment().In(workshop));
            }

            await restarted.SendSmsAsync();
            var kill = await world.KillAsync(new KillSwitch(step), killed => change(killed, workshop));
            if (kill.Fired)
            {
                kills.Add(kill.Where!);
            }

            // What had not begun is asked for again; what had begun is finished by the chores alone.
            if ((await restarted.Get<IWorkshopStore>().ReadAsync(world.Territory, workshop.Id, CancellationToken.None))!.Value.Version == 1)
            {
                await change(restarted, workshop);
            }

            world.Clock.AdvanceMinutes(2);
            await restarted.DoChoresAsync();
            var appointments = await Consistency.ShouldHoldAsync(world, restarted);
            appointments.Count.ShouldBe(2);
            appointments.ShouldAllBe(appointment => appointment.Version == 2);
            foreach (var appointment in appointments)
            {
                isChanged(appointment);
            }

            await restarted.SendSmsAsync();
            world.Sms.Delivered.Count(sms => sms.Kind == kind).ShouldBe(2, kill.Where);
            (await world.LongChangesAsync()).ShouldBeEmpty();
            if (!kill.Fired)
            {
                kills.ShouldContain("after transaction");
                return;
            }
        }
    }
}
