using Azure.Data.Tables;
using Rdv.Absences;
using Rdv.Appointments;
using Rdv.Dispatch;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Chores;

/// <summary>One bad chore stops no other, and what does not end is told.</summary>
public sealed class ChoresTests(TableStorage storage) : ProductTest(storage)
{
    [Theory]
    [InlineData("due|chore|2026-11-16T07:00:00Z|x0123456789ABCDEF|absence|0", "{")]
    [InlineData("due|chore|2026-11-16T07:00:00Z|x0123456789ABCDEF|absence|0", null)]
    [InlineData("due|chore|2026-11-16T07:00:00Z|x0123456789ABCDEF|unheard-of|0", null)]
    [InlineData("due|chore|2026-11-16T07:00:00Z|w0123456789abcdef|workshop|2", """{"Reason":null,"Seats":["NOTACODE"]}""")]
    public async Task A_chore_that_cannot_be_done_stops_no_other_and_raises_the_alarm(string key, string? data)
    {
        var (world, product) = await StartAsync();
        await world.Table.AddEntityAsync(
            new TableEntity(world.Territory.Code, key) { ["Data"] = data }, TestContext.Current.CancellationToken);
        var inside = await LeaveHalfDoneAsync(world, product);

        world.Clock.AdvanceMinutes(2);
        await product.DoChoresAsync();
        (await product.Get<IAppointmentStore>().ReadAsync(inside.Reference, default))!.Value.Status.ShouldBe(AppointmentStatus.Cancelled);

        // The slot that was freed is offered by the next run; the bad one goes on failing.
        world.Clock.AdvanceMinutes(20);
        await product.DoChoresAsync();
        var backlog = (await product.Get<WatchBacklog>().ExecuteAsync(TestContext.Current.CancellationToken)).Where(backlog => backlog.Channel == Channel.Chore);
        backlog.ShouldHaveSingleItem().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_long_change_is_left_for_a_minute_to_the_request_that_began_it()
    {
        var (world, product) = await StartAsync();
        var inside = await LeaveHalfDoneAsync(world, product);
        await product.DoChoresAsync();
        (await product.Get<IAppointmentStore>().ReadAsync(inside.Reference, default))!.Value.Status.ShouldBe(AppointmentStatus.Booked);
        world.Clock.AdvanceMinutes(1);
        await product.DoChoresAsync();
        (await product.Get<IAppointmentStore>().ReadAsync(inside.Reference, default))!.Value.Status.ShouldBe(AppointmentStatus.Cancelled);
        (await world.LongChangesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_who_take_up_the_same_chore_both_find_it_done()
    {
        var (world, product) = await StartAsync();
        var other = world.Start();
        await LeaveHalfDoneAsync(world, product);
        world.Clock.AdvanceMinutes(1);
        await Task.WhenAll(product.DoChoresAsync(), other.DoChoresAsync());
        (await world.LongChangesAsync()).ShouldBeEmpty();
        (await world.RowsAsync("absence|")).ShouldHaveSingleItem().GetString("Cancelled").ShouldNotBeNull();
        await Consistency.ShouldHoldAsync(world, product);
    }

    /// <summary>An absence whose request lost storage right after its days were closed.</summary>
    private static async Task<Appointment> LeaveHalfDoneAsync(World world, Product product)
    {
        var inside = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        var written = false;
        product.Storage.Fault = request =>
        {
            var fault = written ? StorageFault.NotReached : StorageFault.None;
            written |= request.IsTransaction;
            return fault;
        };
        (await product.Get<AddAbsence>().ExecuteAsync(
            new AbsenceRequest(
                world.Territory,
                new AdvisorId("a1"),
                null,
                AnAppointment.Wall("2026-11-24T08:00"),
                AnAppointment.Wall("2026-11-24T12:00"),
                null,
                InsideMode.Cancel,
                RequestIdentity.Of("absence", null, "")),
            TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        product.Storage.Mend();
        return inside;
    }
}
