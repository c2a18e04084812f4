using NodaTime;
using Rdv.Appointments;
using Rdv.Calls;
using Rdv.Ids;
using Rdv.People;
using Rdv.Tests.Infrastructure;
using Rdv.Waiting;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Waiting;

public sealed class AskToBeCalledTests(TableStorage storage) : ProductTest(storage)
{
    [Theory]
    [InlineData("2026-11-16T10:00", "2026-11-16T10:00")]
    [InlineData("2026-11-16T19:00", "2026-11-17T09:00")]
    [InlineData("2026-11-16T06:00", "2026-11-16T09:00")]
    // Nobody of the hotline calls on a Saturday.
    [InlineData("2026-11-21T10:00", "2026-11-23T09:00")]
    [InlineData("2026-11-21T20:00", "2026-11-23T09:00")]
    // A public holiday before a Saturday: Christmas of 2026 is a Friday.
    [InlineData("2026-12-25T11:00", "2026-12-28T09:00")]
    public async Task The_call_is_due_when_the_hotline_works(string asked, string due)
    {
        var (world, product) = await StartAsync();
        world.GoTo(asked);
        (await product.TryAskAsync(world, new ARequest("06 39 98 41 01"))).Value.ShouldNotBeNull();
        Instant.FromDateTimeOffset((await world.RowsAsync("call|")).ShouldHaveSingleItem().GetDateTimeOffset("DueAt")!.Value).ShouldBe(world.At(due));
    }

    [Fact]
    public async Task Who_is_on_the_telephone_is_called_again_a_week_later()
    {
        var (world, product) = await StartAsync();
        await product.TryAskAsync(world, new ARequest("06 39 98 41 02", By: Actor.Hotline));
        // A Monday at 9:00, then the Monday after.
        Instant.FromDateTimeOffset((await world.RowsAsync("call|")).ShouldHaveSingleItem().GetDateTimeOffset("DueAt")!.Value).ShouldBe(world.At("2026-11-23T09:00"));
    }

    [Fact]
    public async Task The_same_request_twice_is_one_and_another_under_its_key_is_refused()
    {
        var (world, product) = await StartAsync();
        var first = (await product.TryAskAsync(world, new ARequest("06 39 98 41 03", Key: "k"))).Value.ShouldNotBeNull();
        world.Clock.AdvanceMinutes(1);
        (await product.TryAskAsync(world, new ARequest("06 39 98 41 03", Key: "k"))).Value.ShouldBe(first with { Repeated = true });
        (await product.TryAskAsync(world, new ARequest("06 39 98 41 04", Key: "k"))).Refusal.ShouldBeOfType<Refusal.IdempotencyMismatch>();
        (await world.RowsAsync("wait|")).ShouldHaveSingleItem();

        // Also when they wait no more: nobody is put back on the list by a retry.
        var person = (await product.WaitingAsync(first.Id)).ShouldNotBeNull();
        await product.Get<LeaveWaitingList>().ExecuteAsync(person.Id, product.KeyOf(person), TestContext.Current.CancellationToken);
        (await product.TryAskAsync(world, new ARequest("06 39 98 41 03", Key: "k"))).Value.ShouldBe(first with { Repeated = true });
        (await world.RowsAsync("wait|")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Twenty_at_once_under_one_key_are_one()
    {
        var (world, product) = await StartAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => product.TryAskAsync(world, new ARequest("06 39 98 41 05", Key: "k")))));
        outcomes.Select(outcome => outcome.Value.Id).Distinct().ShouldHaveSingleItem();
        (await world.RowsAsync("wait|")).ShouldHaveSingleItem();
        (await world.RowsAsync("demand|")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task One_number_has_five_requests_open_and_the_hotline_may_add_more()
    {
        var (world, product) = await StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await product.AskAsync(world, new ARequest("06 39 98 41 06"));
        }

        (await product.TryAskAsync(world, new ARequest("06 39 98 41 06"))).Refusal.ShouldBeOfType<Refusal.TooMany>();
        (await product.TryAskAsync(world, new ARequest("06 39 98 41 06", By: Actor.Hotline))).Value.ShouldNotBeNull();
    }

    [Fact]
    public async Task Where_nobody_receives_yet_the_hotline_sees_the_call()
    {
        var (world, product) = await StartAsync(advisors: 0);
        // A territory without a directory.
        var listed = (await product.Get<AskToBeCalled>().ExecuteAsync(
            new ARequest("06 39 98 41 07").In(world) with { Territory = Rdv.Territories.Territory.Parse("23") }, TestContext.Current.CancellationToken))
            .Value;
        var sheet = (await product.Get<ListCalls>().ExecuteAsync(null, null, TestContext.Current.CancellationToken)).Sheets.ShouldHaveSingleItem();
        sheet.Call.Subject.ShouldBe(listed.Id.Subject);
        sheet.Sentence.ShouldContain("Faire mes premiers pas");
    }

    [Theory]
    [InlineData(CallOutcome.Done, false, 0)]
    [InlineData(CallOutcome.Reached, true, 0)]
    [InlineData(CallOutcome.NoAnswer, true, 1)]
    public async Task What_came_of_the_call_decides_who_goes_on_waiting(CallOutcome outcome, bool waits, int calls)
    {
        var (world, product) = await StartAsync();
        var person = await product.AskAsync(world, new ARequest("06 39 98 41 08"));
        var sheet = (await product.Get<ListCalls>().ExecuteAsync(world.Territory, null, TestContext.Current.CancellationToken)).Sheets.ShouldHaveSingleItem();
        (await product.Get<FinishCall>().ExecuteAsync(sheet.Id, outcome, null, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        (await product.WaitingAsync(person.Id) is not null).ShouldBe(waits);
        (await world.CallsAsync()).Count.ShouldBe(calls);
    }

    [Fact]
    public async Task A_wrong_key_opens_nothing_and_says_nothing()
    {
        var (world, product) = await StartAsync();
        var (mine, theirs) = (await product.AskAsync(world, new ARequest("06 39 98 41 09")), await product.AskAsync(world, new ARequest("06 39 98 41 10")));
        WaitingId.TryParse("69-q00000000", out var nobody).ShouldBeTrue();
        foreach (var (id, access) in new[] { (mine.Id, product.KeyOf(theirs)), (mine.Id, new Access.ByKey(null)), (nobody, product.KeyOf(mine)) })
        {
            (await product.Get<FindWaiting>().ExecuteAsync(id, access, TestContext.Current.CancellationToken)).Refusal.ShouldBeOfType<Refusal.NotFound>();
            (await product.Get<LeaveWaitingList>().ExecuteAsync(id, access, TestContext.Current.CancellationToken)).Refusal.ShouldBeOfType<Refusal.NotFound>();
            (await product.Get<ClaimOffer>().ExecuteAsync(new ClaimRequest(id, access, null, null), TestContext.Current.CancellationToken)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        }

        (await world.RowsAsync("wait|")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Unmet_demand_is_counted_by_week_commune_and_topic()
    {
        var (world, product) = await StartAsync();
        await product.AskAsync(world, new ARequest("06 39 98 41 11", Insee: "69256"));
        await product.AskAsync(world, new ARequest("06 39 98 41 12", Insee: "69256"));
        await product.AskAsync(world, new ARequest("06 39 98 41 13"));
        // The first of January 2027 is a Friday: of week 53 of 2026.
        world.GoTo("2027-01-01T10:00");
        await product.AskAsync(world, new ARequest("06 39 98 41 14", Topic: "emploi", Insee: "69029"));

        async Task<IEnumerable<(string, string?, string?, string, int)>> CountAsync(LocalDate? from, LocalDate? to) =>
            (await product.Get<CountDemand>().ExecuteAsync(world.Territory, from, to, TestContext.Current.CancellationToken))
            .Value.Counts.Select(count => (count.Week, count.Insee, count.Commune, count.Topic, count.Count));

        (await CountAsync(null, null)).ShouldBe(
        [
            ("2026-W47", "69256", "Vaulx-en-Velin", "premiers-pas", 2),
            ("2026-W47", null, null, "premiers-pas", 1),
            ("2026-W53", "69029", "Bron", "emploi", 1),
        ]);
        (await CountAsync(new LocalDate(2026, 11, 16), new LocalDate(2026, 11, 16))).Count().ShouldBe(2);
        (await CountAsync(new LocalDate(2026, 11, 23), new LocalDate(2026, 12, 20))).ShouldBeEmpty();
    }
}
