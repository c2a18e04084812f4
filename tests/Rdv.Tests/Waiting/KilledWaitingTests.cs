using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.Tests.Infrastructure;
using Rdv.Waiting;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Waiting;

/// <summary>A process that is killed at any step of the waiting list leaves nothing half done, and its repetition makes it once.</summary>
public sealed class KilledWaitingTests(TableStorage storage) : ProductTest(storage)
{
    private const string Slot = "2026-11-24T09:00";

    [Fact]
    public async Task A_request_to_be_called()
    {
        var kills = await KillAtEachStepAsync(
            (_, _) => Task.FromResult<WaitingPerson?>(null),
            async (product, world, _) => (await product.TryAskAsync(world, new ARequest("06 39 98 40 01", Key: "k"))).Refusal.ShouldBeNull(),
            async (_, world) =>
            {
                (await world.RowsAsync("wait|")).ShouldHaveSingleItem();
                (await world.CallsAsync()).ShouldBe(["request request"]);
                (await world.RowsAsync("demand|")).ShouldHaveSingleItem();
            });
        kills.ShouldContain("after transaction");
    }

    [Fact]
    public async Task An_offer()
    {
        var kills = await KillAtEachStepAsync(
            OfferableAsync,
            (product, _, _) => product.DoChoresAsync(),
            async (product, world) =>
            {
                (await world.ChoresAsync()).ShouldBe(["forget"]);
                (await world.RowsAsync("due|sms|")).Count(row => row.RowKey.Contains("|freed|", StringComparison.Ordinal)).ShouldBe(1);
                (await product.IsOfferedToAllAsync(world, Slot)).ShouldBeFalse();
                await product.SendSmsAsync();
                world.Sms.Kinds.Count(kind => kind == MessageKinds.Freed).ShouldBe(1);
            });
        kills.ShouldContain("after transaction");
    }

    [Fact]
    public async Task A_claim()
    {
        var kills = await KillAtEachStepAsync(
            async (product, world) =>
            {
                var person = await OfferableAsync(product, world);
                await product.DoChoresAsync();
                return person;
            },
            async (product, world, person) => (await product.ClaimAsync(person!, world.At(Slot))).Refusal.ShouldBeNull(),
            async (_, world) =>
            {
                (await world.RowsAsync("wait|")).ShouldBeEmpty();
                (await world.RowsAsync("rdv|")).Count(row => row.GetString("Status") == "Booked").ShouldBe(1);
            });
        kills.ShouldContain("after transaction");
    }

    [Fact]
    public async Task Hours_that_are_opened()
    {
        var kills = await KillAtEachStepAsync(
            async (product, world) => await product.AskAsync(world, new ARequest("06 39 98 40 03")),
            async (product, world, _) =>
            {
                (await product.Get<ChangeOpeningHours>().ExecuteAsync(
                    world.Territory, new AdvisorId("a1"), [new OpeningHours([2], new LocalTime(20, 0), new LocalTime(21, 0), Directories.Place)], default)).Refusal.ShouldBeNull();
                await product.DoChoresAsync();
            },
            async (product, world) =>
            {
                (await world.ChoresAsync()).ShouldBe(["forget"]);
                (await world.RowsAsync("due|sms|")).Count(row => row.RowKey.Contains("|freed|", StringComparison.Ordinal)).ShouldBe(1);
                (await product.IsOfferedToAllAsync(world, "2026-11-17T20:00")).ShouldBeFalse();
            });
        kills.Count(kill => kill == "after transaction").ShouldBe(2);
    }

    [Fact]
    public async Task A_seat_that_is_given_back_offered_and_taken()
    {
        var kills = await KillAtEachStepAsync(
            async (product, world) =>
            {
                var workshop = await product.PlanWorkshopAsync("2026-11-24T14:00", seats: 1);
                var seat = await product.BookAsync(new AnAppointment().In(workshop));
                world.Clock.AdvanceSeconds(1);
                var listed = await product.Get<AskToBeCalled>().ExecuteAsync(
                    new ARequest("06 39 98 40 04", Key: "k").In(world) with { WorkshopId = workshop.Id.Value }, TestContext.Current.CancellationToken);
                await product.CancelAsync(seat);
                return await product.WaitingAsync(listed.Value.Id);
            },
            async (product, world, person) =>
            {
                await product.DoChoresAsync();
                (await product.ClaimAsync(person!, world.At("2026-11-24T14:00"))).Refusal.ShouldBeNull();
            },
            async (_, world) =>
            {
                (await world.RowsAsync("wait|")).ShouldBeEmpty();
                (await world.ChoresAsync()).ShouldBe(["forget"]);
                (await world.RowsAsync("rdv|")).Count(row => row.GetString("Status") == "Booked").ShouldBe(1);
            });
        kills.Count(kill => kill == "after transaction").ShouldBe(2);
    }

    private static async Task<WaitingPerson?> OfferableAsync(Product product, World world)
    {
        var booked = await product.BookAsync(new AnAppointment().At(Slot));
        var person = await product.AskAsync(world, new ARequest("06 39 98 40 02"));
        await product.CancelAsync(booked);
        return person;
    }

    /// <returns>The steps at which it was killed.</returns>
    private async Task<List<string>> KillAtEachStepAsync(
        Func<Product, World, Task<WaitingPerson?>> prepare, Func<Product, World, WaitingPerson?, Task> change, Func<Product, World, Task> isChanged)
    {
        var kills = new List<string>();
        for (var step = 1; ; step++)
        {
            var (world, restarted) = await StartAsync();
            var person = await prepare(restarted, world);
            var kill = await world.KillAsync(new KillSwitch(step), killed => change(killed, world, person));
            if (kill.Fired)
            {
                kills.Add(kill.Where!);
            }

            await Consistency.ShouldHoldAsync(world, restarted);
            world.Clock.AdvanceMinutes(1);
            await change(restarted, world, person);
            await isChanged(restarted, world);
            await Consistency.ShouldHoldAsync(world, restarted);
            if (!kill.Fired)
            {
                return kills;
            }
        }
    }
}
