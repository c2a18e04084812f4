using Microsoft.Extensions.Logging;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Dispatch;
using Rdv.Messages;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Dispatch;

/// <summary>What may grow without end is never settled after what cannot be undone: nothing is sent again because there was too much to write.</summary>
public sealed class ManyChangesTests(TableStorage storage) : ProductTest(storage)
{
    private const int Many = 60;
    private const int ManyMoves = MoveAppointment.MaxMovesByStaff;

    [Fact]
    public async Task An_appointment_that_was_moved_fifty_times_is_told_of_once()
    {
        var (world, product) = await StartAsync();
        await MoveOftenAsync(product, await product.BookAsync(new AnAppointment().HelpedBy("06 39 98 71 01")));
        await product.DispatchForAsync(3);
        world.Sms.Kinds.ShouldBe(["move", "move"]);
        world.Sms.Delivered.Select(sms => sms.To).ShouldBeUnique();
        world.Mail.Received.Select(mail => mail.Kind).ShouldBe(["invite"]);
        (await world.RowsAsync("due|sms|2026-11-16")).ShouldBeEmpty();
        (await world.DueAsync("due|mail|")).ShouldBeEmpty();

        world.GoTo("2026-11-23T11:30");
        await product.DispatchForAsync(3);
        world.Sms.Kinds.Skip(2).ShouldBe(["reminder", "reminder"]);
        (await world.RowsAsync("due|sms|")).ShouldBeEmpty();
        (await world.CallsAsync()).ShouldBeEmpty();
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task Two_runs_at_once_tell_of_it_once()
    {
        var (world, product) = await StartAsync();
        var other = world.Start();
        await MoveOftenAsync(product, await product.BookAsync(new AnAppointment()));
        await Task.WhenAll(Task.Run(product.DispatchAsync), Task.Run(other.DispatchAsync));
        await product.DispatchForAsync(3);
        world.Sms.Kinds.ShouldBe(["move"]);
        world.Mail.Received.Count.ShouldBe(1);
        (await world.RowsAsync("due|sms|2026-11-16")).ShouldBeEmpty();
        (await world.DueAsync("due|mail|")).ShouldBeEmpty();
        product.Logs.Of(LogLevel.Error).Concat(other.Logs.Of(LogLevel.Error)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_invite_that_did_not_leave_before_fifty_moves_and_a_cancellation_is_not_taken_back()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        world.Mail.Refuse = _ => new SendResult.Unavailable("421");
        await product.DispatchAsync();
        var moved = await MoveOftenAsync(product, booked);
        await product.DispatchAsync();
        await product.CancelAsync(moved);
        world.Mail.Refuse = null;
        await product.DispatchForAsync(35);
        world.Mail.Received.ShouldBeEmpty();
        (await world.DueAsync("due|mail|")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_workshop_whose_seats_changed_in_each_of_sixty_hours_is_told_of_once()
    {
        var (world, product) = await StartAsync();
        var workshop = await product.PlanWorkshopAsync("2026-11-24T09:00");
        await product.DispatchAsync();
        await product.Get<PauseDispatch>().ChangeAsync(sms: null, mail: true, TestContext.Current.CancellationToken);
        for (var hour = 0; hour < Many; hour++)
        {
            await product.CancelAsync(await product.BookAsync(new AnAppointment().In(workshop)));
            world.Clock.AdvanceMinutes(60);
        }

        (await world.DueAsync("due|mail|")).Count.ShouldBe(Many);
        await product.Get<PauseDispatch>().ChangeAsync(sms: null, mail: false, TestContext.Current.CancellationToken);
        await product.DispatchForAsync(3);
        world.Mail.Received.Select(mail => mail.Kind).ShouldBe(["invite", "invite-update"]);
        (await world.DueAsync("due|mail|")).ShouldBeEmpty();
    }

    private static async Task<Appointment> MoveOftenAsync(Product product, Appointment appointment)
    {
        for (var i = 0; i < ManyMoves; i++)
        {
            appointment = await product.MoveAsync(appointment, $"2026-11-24T{10 + (i % 2):00}:00");
        }

        return appointment;
    }
}
