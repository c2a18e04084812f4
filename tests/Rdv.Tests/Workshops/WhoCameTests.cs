using NodaTime;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Load;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Workshops;

/// <summary>An advisor says who came to a workshop, errs, and says it again: what is counted is what was said last.</summary>
public sealed class WhoCameTests(TableStorage storage) : ProductTest(storage)
{
    [Fact]
    public async Task Nobody_came_after_all()
    {
        var (world, product) = await StartAsync();
        var seats = await SeatsAsync(world, product, 2);
        await MarkAsync(product, seats[0], kept: true);
        await MarkAsync(product, seats[1], kept: false);
        (await CountAsync(world, product)).ShouldBe((1, 0));
        await MarkAsync(product, seats[0], kept: false);
        (await CountAsync(world, product)).ShouldBe((0, 1));
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task The_only_one_did_not_come_after_all()
    {
        var (world, product) = await StartAsync();
        var seats = await SeatsAsync(world, product, 1);
        await MarkAsync(product, seats[0], kept: true);
        await MarkAsync(product, seats[0], kept: false);
        (await CountAsync(world, product)).ShouldBe((0, 1));
    }

    [Fact]
    public async Task Both_came_and_of_one_it_was_said_by_mistake()
    {
        var (world, product) = await StartAsync();
        var seats = await SeatsAsync(world, product, 3);
        await MarkAsync(product, seats[0], kept: true);
        await MarkAsync(product, seats[1], kept: true);
        await MarkAsync(product, seats[0], kept: false);
        (await CountAsync(world, product)).ShouldBe((1, 0));
        await MarkAsync(product, seats[1], kept: false);
        (await CountAsync(world, product)).ShouldBe((0, 1));
        await MarkAsync(product, seats[2], kept: true);
        (await CountAsync(world, product)).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Two_mistakes_of_a_session_are_put_right_at_once()
    {
        var (world, product) = await StartAsync();
        var course = await product.PlanCourseAsync(["2026-11-17T14:00", "2026-11-24T14:00"]);
        Appointment[] seats = [await product.BookAsync(new AnAppointment().InCourse(course.Id)), await product.BookAsync(new AnAppointment().InCourse(course.Id))];
        world.GoTo("2026-11-17T17:00");
        await MarkAsync(product, seats[0], kept: true);
        await MarkAsync(product, seats[1], kept: true);
        await Task.WhenAll(seats.Select(seat => Task.Run(() => MarkAsync(product, seat, kept: false))));
        (await CountAsync(world, product)).ShouldBe((0, 1));
    }

    private static async Task<Appointment[]> SeatsAsync(World world, Product product, int count)
    {
        var workshop = await product.PlanWorkshopAsync("2026-11-17T14:00");
        var seats = new List<Appointment>();
        while (seats.Count < count)
        {
            seats.Add(await product.BookAsync(new AnAppointment().In(workshop)));
        }

        world.GoTo("2026-11-17T17:00");
        return [.. seats];
    }

    private static async Task MarkAsync(Product product, Appointment seat, bool kept) =>
        (await product.Get<MarkOutcome>().ExecuteAsync(seat.Reference, seat.AdvisorId, kept, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();

    private static async Task<(int Kept, int Missed)> CountAsync(World world, Product product)
    {
        var day = new LocalDate(2026, 11, 17);
        var totals = (await product.Get<ReadLoad>().ExecuteAsync(world.Territory, Directories.Structure, day, day, TestContext.Current.CancellationToken)).Value.Totals;
        return (totals.Kept, totals.Missed);
    }
}
