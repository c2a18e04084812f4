using Rdv.Hotline;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Hotline;

public sealed class CallTests(TableStorage storage)
{
    [Fact]
    public async Task A_landline_is_called_instead_of_reminded_with_a_sentence_to_read_aloud()
    {
        var world = await World.CreateAsync(storage);
        await using var product = world.Start();
        var booked = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").OnALandline());
        (await ListAsync(world, product)).ShouldBeEmpty();

        world.GoTo("2026-11-23T10:00");
        var sheet = (await ListAsync(world, product)).ShouldHaveSingleItem();
        sheet.Call.Reason.ShouldBe(CallReasons.Landline);
        sheet.Call.Subject.Reference.ShouldBe(booked.Reference);
        sheet.Sentence.ShouldContain("mardi vingt-quatre novembre à neuf heures");
        sheet.Sentence.ShouldContain("Médiathèque du Parc");
    }

    [Fact]
    public async Task A_call_that_nobody_answers_comes_back_later_and_one_that_is_done_does_not()
    {
        var world = await World.CreateAsync(storage);
        await using var product = world.Start();
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").OnALandline());
        world.GoTo("2026-11-23T10:00");
        var first = (await ListAsync(world, product)).ShouldHaveSingleItem();
        await FinishAsync(product, first.Id, CallOutcome.NoAnswer);
        (await ListAsync(world, product)).ShouldBeEmpty();
        (await product.Get<FinishCall>().ExecuteAsync(first.Id, CallOutcome.Done, null, default)).ShouldBeOfType<FinishCallOutcome.NotFound>();

        world.GoTo("2026-11-23T12:01");
        var second = (await ListAsync(world, product)).ShouldHaveSingleItem();
        second.Call.Attempts.ShouldBe(1);
        await FinishAsync(product, second.Id, CallOutcome.Reached);
        (await ListAsync(world, product)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_that_time_has_overtaken_is_not_made()
    {
        var world = await World.CreateAsync(storage);
        await using var product = world.Start();
        var booked = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").OnALandline());
        world.GoTo("2026-11-23T10:00");
        (await ListAsync(world, product)).Count.ShouldBe(1);
        await product.CancelAsync(booked);
        (await ListAsync(world, product)).ShouldBeEmpty();
    }

    private static Task<IReadOnlyList<CallSheet>> ListAsync(World world, Product product) =>
        product.Get<ListCalls>().ExecuteAsync(world.Territory, null, TestContext.Current.CancellationToken);

    private static async Task FinishAsync(Product product, CallId id, CallOutcome outcome) =>
        (await product.Get<FinishCall>().ExecuteAsync(id, outcome, null, TestContext.Current.CancellationToken)).ShouldBeOfType<FinishCallOutcome.Finished>();
}
