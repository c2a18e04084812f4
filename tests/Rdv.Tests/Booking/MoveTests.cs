using NodaTime;
using Rdv.Appointments;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Booking;

public sealed class MoveTests(TableStorage storage) : ProductTest(storage)
{
    [Theory]
    [InlineData("2026-11-24T09:30", "a1")] // over itself
    [InlineData("2026-11-24T15:00", "a1")]
    [InlineData("2026-11-26T09:00", "a1")]
    [InlineData("2026-12-03T09:00", "a1")] // another month
    [InlineData("2026-11-24T09:00", "a2")] // another advisor
    [InlineData("2026-12-03T09:00", "a2")]
    public async Task A_move_gives_the_old_time_back_and_takes_the_new_one(string to, string advisor)
    {
        var (world, product) = await StartAsync(advisors: 2);
        var neighbour = await product.BookAsync(new AnAppointment().At("2026-11-24T11:00").With("a1"));
        var booked = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").With("a1"));
        var moved = await product.MoveAsync(booked, to, advisor);
        (moved.Version, moved.Start, moved.AdvisorId.Value).ShouldBe((2, world.At(to), advisor));
        await Consistency.ShouldHoldAsync(world, product);

        // The neighbour is where it was, and what was given back can be had.
        await product.CancelAsync(neighbour);
        if (to != "2026-11-24T09:30" && to != "2026-11-24T09:00")
        {
            await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").With("a1"));
        }

        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task A_move_whose_hold_was_lost_to_somebody_leaves_the_other_days_of_the_advisor_alone()
    {
        var (world, product) = await StartAsync(advisors: 2, now: Instant.FromUtc(2026, 11, 2, 8, 0));
        var booked = await product.BookAsync(new AnAppointment().At("2026-11-05T09:00").With("a1"));
        await product.BookAsync(new AnAppointment().At("2026-11-05T14:00").With("a1"));
        var hold = await product.HoldAsync("2026-11-24T09:00", "a2");
        world.Clock.Advance(Duration.FromMinutes(20));
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").With("a2"));

        var moved = await product.MoveAsync(booked, "2026-11-24T09:00", hold: hold);
        moved.AdvisorId.Value.ShouldBe("a1");
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task A_move_that_is_sent_twice_at_once_is_not_refused_for_its_own_sake()
    {
        var (world, product) = await StartAsync(advisors: 2);
        var other = world.Start();
        var booked = await product.BookAsync(new AnAppointment().With("a1"));
        var between = true;
        product.Storage.Meanwhile = async request =>
        {
            // Between its read of the appointment and its read of the agenda.
            if (between && request.What == "range")
            {
                between = false;
                await other.MoveAsync(booked, "2026-11-24T11:00", "a2");
            }
        };
        var moved = (await product.TryMoveAsync(booked, "2026-11-24T11:00", "a2")).Value.Appointment;
        moved.Version.ShouldBe(2);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task A_move_whose_answer_is_lost_is_not_made_again_after_somebody_elses()
    {
        var (world, product) = await StartAsync();
        var other = world.Start();
        var booked = await product.BookAsync(new AnAppointment());
        var lost = false;
        product.Storage.Fault = request => request.IsTransaction && !lost ? StorageFault.AnswerLost : StorageFault.None;
        product.Storage.Meanwhile = async request =>
        {
            // It was performed, and every answer lost; now it reads again.
            if (!lost && request.What == "point" && product.Storage.Requests.Count(sent => sent.IsTransaction) > 1)
            {
                lost = true;
                await other.MoveAsync(booked, "2026-11-26T15:00");
            }
        };
        var moved = (await product.TryMoveAsync(booked, "2026-11-24T11:00")).Value.Appointment;
        (moved.Version, moved.LocalStart).ShouldBe((2, AnAppointment.Wall("2026-11-24T11:00")), "what this very move did");
        var now = (await product.Get<IAppointmentStore>().ReadAsync(booked.Reference, TestContext.Current.CancellationToken))!.Value;
        (now.Version, now.LocalStart).ShouldBe((3, AnAppointment.Wall("2026-11-26T15:00")), "and somebody else moved it since");
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task A_move_from_a_version_that_is_no_longer_the_present_one_is_stale()
    {
        var (_, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        await product.MoveAsync(booked, "2026-11-24T11:00");
        (await product.TryMoveAsync(booked, "2026-11-24T14:00", version: 1)).Refusal.ShouldBeOfType<Refusal.Stale>();
        (await product.TryMoveAsync(booked, "2026-11-24T11:00", version: 1)).Value.Repeated.ShouldBeTrue();
    }
}
