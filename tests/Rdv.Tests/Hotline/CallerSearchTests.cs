using NodaTime;
using Rdv.Appointments;
using Rdv.Hotline;
using Rdv.Territories;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Hotline;

/// <summary>What an operator finds of a caller who has no SMS at hand.</summary>
public sealed class CallerSearchTests(TableStorage storage) : ProductTest(storage)
{
    [Fact]
    public async Task A_name_is_found_in_the_whole_territory_without_its_day()
    {
        var (world, product) = await StartAsync(advisors: 3);
        var soon = await product.BookAsync(new AnAppointment().At("2026-11-17T09:00").With("a1").For("Jean-Pierre D’Ornano"));
        var later = await product.BookAsync(new AnAppointment().At("2026-12-21T10:00").With("a3").For("D'ORNANO Jean Pierre"));
        await product.BookAsync(new AnAppointment().At("2026-11-18T09:00").With("a2").For("Zoé  Double"));

        foreach (var said in new[] { "d'ornano", "Jean Pierre", "dornano jean-pierre", "M. D’Ornano" })
        {
            (await FindAsync(product, new(Territory: world.Territory, Name: said))).ShouldBe([soon, later], said);
        }

        (await FindAsync(product, new(Territory: world.Territory, Name: "double zoe"))).ShouldHaveSingleItem();
        (await FindAsync(product, new(Territory: world.Territory, Name: "d'ornano", Date: new LocalDate(2026, 12, 21)))).ShouldBe([later]);
        (await FindAsync(product, new(Territory: world.Territory, Name: "personne"))).ShouldBeEmpty();

        // The day after, and a month after, they still ask whether they came; a year after, nobody does.
        world.GoTo("2026-12-16T10:00");
        (await FindAsync(product, new(Territory: world.Territory, Name: "ornano"))).ShouldBe([later, soon]);
        world.GoTo("2027-12-01T10:00");
        (await FindAsync(product, new(Territory: world.Territory, Name: "ornano"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_seat_in_a_workshop_is_found_by_name_too()
    {
        var (world, product) = await StartAsync();
        var workshop = await product.PlanWorkshopAsync("2026-11-24T14:00");
        var seat = await product.BookAsync(new AnAppointment().In(workshop).For("Marie-Thérèse Œuvrard"));
        (await FindAsync(product, new(Territory: world.Territory, Name: "oeuvrard"))).ShouldBe([seat]);
    }

    [Fact]
    public async Task A_name_needs_a_territory() =>
        (await (await StartAsync()).Product.Get<FindAppointments>().ExecuteAsync(new CallerSearch(Name: "Fictive"), CancellationToken.None))
            .Refusal.ShouldBeOfType<Refusal.Invalid>();

    [Fact]
    public async Task A_short_number_is_found_where_it_is_dialled()
    {
        var (world, product) = await StartAsync(territory: "987");
        var booked = await product.BookAsync(new AnAppointment().Calling("87 12 34 56"));
        foreach (var said in new[] { "87 12 34 56", "+689 87 12 34 56", "00689 87123456" })
        {
            (await FindAsync(product, new(Phone: said))).ShouldBe([booked], said);
            (await FindAsync(product, new(Phone: said, Territory: world.Territory))).ShouldBe([booked], said);
        }
    }

    [Fact]
    public async Task A_number_with_an_extension_is_found_with_and_without_it()
    {
        var (_, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment().Calling("01 99 00 12 34 poste 12"));
        foreach (var said in new[] { "01 99 00 12 34", "01 99 00 12 34 poste 12" })
        {
            var found = (await FindAsync(product, new(Phone: said))).ShouldHaveSingleItem();
            found.Reference.ShouldBe(booked.Reference);
            found.Citizen.Phone.ToNational().ShouldBe("01 99 00 12 34 poste 12");
        }
    }

    [Fact]
    public async Task A_link_read_by_the_caller_is_as_good_as_a_reference()
    {
        var (_, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment());
        var (settings, links) = (product.Get<RdvSettings>(), product.Get<Links>());
        foreach (var text in new[] { ManageLink.Short(booked, settings, links), ManageLink.Of(booked, settings, links) + ".", $"RDV {booked.Reference}", $"{booked.Reference}".Replace('-', '–') })
        {
            (await FindAsync(product, new(Reference: text))).ShouldBe([booked], text);
        }
    }

    private static async Task<IReadOnlyList<Appointment>> FindAsync(Product product, CallerSearch search) =>
        (await product.Get<FindAppointments>().ExecuteAsync(search, TestContext.Current.CancellationToken)).Value.Appointments;
}
