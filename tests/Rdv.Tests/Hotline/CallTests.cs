using Rdv.Calls;
using Rdv.Directory;
using Rdv.Hotline;
using Rdv.Pages.Hotline;
using Rdv.Tests.Infrastructure;
using Rdv.Tests.Waiting;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Hotline;

public sealed class CallTests(TableStorage storage) : ProductTest(storage)
{
    [Fact]
    public async Task A_landline_is_called_instead_of_reminded_with_a_sentence_to_read_aloud()
    {
        var (world, product) = await StartAsync();
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
        var (world, product) = await StartAsync();
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").OnALandline());
        world.GoTo("2026-11-23T10:00");
        var first = (await ListAsync(world, product)).ShouldHaveSingleItem();
        await FinishAsync(product, first.Id, CallOutcome.NoAnswer);
        (await ListAsync(world, product)).ShouldBeEmpty();
        (await product.Get<FinishCall>().ExecuteAsync(first.Id, CallOutcome.Done, null, default)).Refusal.ShouldBeOfType<Refusal.NotFound>();

        world.GoTo("2026-11-23T12:01");
        var second = (await ListAsync(world, product)).ShouldHaveSingleItem();
        second.Call.Attempts.ShouldBe(1);
        await FinishAsync(product, second.Id, CallOutcome.Reached);
        (await ListAsync(world, product)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_that_time_has_overtaken_is_not_made()
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00").OnALandline());
        world.GoTo("2026-11-23T10:00");
        (await ListAsync(world, product)).Count.ShouldBe(1);
        await product.CancelAsync(booked);
        (await ListAsync(world, product)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_about_a_seat_names_the_workshop()
    {
        var (world, product) = await StartAsync();
        var workshop = await product.PlanWorkshopAsync("2026-11-24T14:00");
        await product.BookAsync(new AnAppointment().In(workshop).OnALandline());
        world.GoTo("2026-11-23T14:00");
        (await ListAsync(world, product)).ShouldHaveSingleItem().Sentence
            .ShouldContain("Je vous rappelle votre atelier «\u00a0Découvrir Internet\u00a0» : mardi vingt-quatre novembre à quatorze heures, ");

        await product.TryCancelAsync(workshop);
        await product.SendSmsAsync();
        (await ListAsync(world, product)).ShouldHaveSingleItem().Sentence
            .ShouldContain("Votre atelier «\u00a0Découvrir Internet\u00a0» du mardi vingt-quatre novembre à quatorze heures est annulé.");
    }

    [Fact]
    public async Task Someone_who_gives_up_a_seat_does_not_hear_that_the_workshop_is_cancelled()
    {
        var (world, product) = await StartAsync();
        var seat = await product.BookAsync(new AnAppointment().In(await product.PlanWorkshopAsync("2026-11-24T14:00")).OnALandline());
        var cancelled = await product.CancelAsync(seat);
        var call = CallToMake.Of(cancelled.Reference, CallReasons.Landline, "cancellation", world.Clock.GetCurrentInstant(), 2);
        CallSentences.Of(call, cancelled, await product.Get<ITerritoryDirectories>().GetAsync(world.Territory, default), product.Get<RdvSettings>())
            .ShouldContain("Votre inscription à l'atelier «\u00a0Découvrir Internet\u00a0» du mardi vingt-quatre novembre à quatorze heures est annulée.");
    }

    [Fact]
    public async Task On_the_page_what_concerns_one_number_stands_together()
    {
        var (world, product) = await StartAsync();
        foreach (var phone in new[] { "06 39 98 72 01", "06 39 98 72 02", "06 39 98 72 03", "06 39 98 72 02", "06 39 98 72 01" })
        {
            await product.AskAsync(world, new ARequest(phone));
        }

        world.Clock.AdvanceMinutes(1);
        var sheets = await ListAsync(world, product);
        sheets.Select(sheet => sheet.Phone.E164[^2..]).ShouldBe(["01", "02", "03", "02", "01"], "programs read them by due time");
        CallsView.Of(new CallsFound(sheets, []), notice: null).Calls.Select(call => call.Phone[^2..]).ShouldBe(["01", "01", "02", "02", "03"]);
    }

    private static async Task<IReadOnlyList<CallSheet>> ListAsync(World world, Product product) =>
        (await product.Get<ListCalls>().ExecuteAsync(world.Territory, null, TestContext.Current.CancellationToken)).Sheets;

    private static async Task FinishAsync(Product product, CallId id, CallOutcome outcome) =>
        (await product.Get<FinishCall>().ExecuteAsync(id, outcome, null, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
}
