using Rdv.Appointments;
using Rdv.Booking;
using Rdv.People;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Booking;

/// <summary>What one person can do without end to one appointment has an end.</summary>
public sealed class MoveLimitTests(TableStorage storage) : ProductTest(storage)
{
    [Fact]
    public async Task A_link_moves_ten_times_the_hotline_goes_on_and_nobody_fifty_times()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        var withLink = new Access.ByKey(product.Get<Links>().KeyOf(booked));
        var by = new Access.ByStaff(Actor.Advisor);
        for (var move = 1; move <= MoveAppointment.MaxMoves; move++)
        {
            (await MoveAsync(world, product, booked, withLink, move)).Succeeded(out _).ShouldBeTrue();
        }

        (await MoveAsync(world, product, booked, withLink, 11)).Refusal.ShouldBeOfType<Refusal.TooMany>().Message
            .ShouldBe("Ce rendez-vous a déjà été déplacé 10 fois. Appelez-nous : nous cherchons une heure avec vous.");
        for (var move = MoveAppointment.MaxMoves + 1; move <= MoveAppointment.MaxMovesByStaff; move++)
        {
            (await MoveAsync(world, product, booked, by, move)).Succeeded(out _).ShouldBeTrue();
        }

        (await MoveAsync(world, product, booked, by, 51)).Refusal.ShouldBeOfType<Refusal.TooMany>().Message!.ShouldContain("50 fois");
        // What is asked for again is there, and is no move.
        (await MoveAsync(world, product, booked, withLink, 50)).Value.Repeated.ShouldBeTrue();
        (await product.TryCancelAsync(booked, Actor.Citizen)).Succeeded(out _).ShouldBeTrue();
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task A_message_is_sent_again_ten_times_and_then_read_aloud()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        for (var time = 1; time <= ResendMessage.MaxTimes; time++)
        {
            (await product.Get<ResendMessage>().ExecuteAsync(booked.Reference, Actor.Hotline, TestContext.Current.CancellationToken)).Succeeded(out _).ShouldBeTrue();
            world.Clock.AdvanceMinutes(3);
        }

        (await product.Get<ResendMessage>().ExecuteAsync(booked.Reference, Actor.Hotline, TestContext.Current.CancellationToken)).Refusal
            .ShouldBeOfType<Refusal.TooMany>().Message!.ShouldContain("10 fois");
    }

    private static Task<Result<Moved>> MoveAsync(World world, Product product, Appointment booked, Access access, int move) => product.Get<MoveAppointment>().ExecuteAsync(
        new MoveRequest(booked.Reference, access, world.At($"2026-11-24T{10 + (move % 2)}:00"), null, null, null, null), TestContext.Current.CancellationToken);
}
