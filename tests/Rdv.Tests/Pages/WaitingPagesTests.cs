using NodaTime;
using Rdv.Agenda;
using Rdv.Ids;
using Rdv.Pages.Booking;
using Rdv.Pages.Hotline;
using Rdv.Pages.Shared;
using Rdv.Pages.Waiting;
using Rdv.People;
using Rdv.Waiting;
using Shouldly;
using Xunit;
using static Rdv.Tests.Pages.Rendering;
using static Rdv.Tests.Pages.Samples;

namespace Rdv.Tests.Pages;

public sealed class WaitingPagesTests
{
    private static readonly Offer Offered = new(
        1, new Rdv.Ids.AdvisorId("a1"), Library, new LocalDateTime(2026, 11, 26, 9, 30).InZoneStrictly(Rhone.Zone).ToInstant(), 60, "h1", Now + Duration.FromHours(2));

    private static readonly WaitingPerson Person = new(
        WaitingId.Derive(Rhone, "sample"), Appointment("Odette <script>alert(1)</script>").Citizen, Vaulx.Insee, FirstSteps.Id, "</p><script>x</script>", Actor.Citizen, Now,
        default, 1, 1, [Offered]);

    private static WaitingView View(WaitingNews news, params OfferCard[] offers) => new(
        "/p/69K7Q29XM4/0123456789ABC", news, FirstSteps.Label, "aujourd'hui, dès que possible", Has: null, "34", GetsSms: true, HadOffers: offers.Length > 0, offers, "69", Vaulx.Insee,
        FirstSteps.Id, [], "nonce");

    [Fact]
    public async Task An_offer_is_a_button_that_posts_and_the_page_says_when_where_and_until_when()
    {
        var page = await RenderAsync<WaitingPage, WaitingView>(View(WaitingNews.None, OfferCard.Of(Person, Offered, TheDirectory, Now)));
        page.ShouldBeSound();
        page.Text("h1").ShouldBe("Une place s'est libérée pour vous");
        page.Text(".card .when").ShouldBe("Jeudi 26 novembre 2026 à 9 h 30");
        page.Text(".kept").ShouldContain("jusqu'à 10 h");
        page.QuerySelector("form[method=post] input[name=creneau]")!.GetAttribute("value").ShouldBe("2026-11-26T09:30@mediatheque");
        page.QuerySelectorAll("main a[href*='0123456789ABC']").ShouldBeEmpty("following a link changes nothing");
        page.QuerySelectorAll("form").Select(form => form.GetAttribute("action")).ShouldBe(["/p/69K7Q29XM4/0123456789ABC", "/p/69K7Q29XM4/0123456789ABC/retirer"]);
        page.QuerySelector("meta[name=robots]")!.GetAttribute("content").ShouldBe("noindex");
    }

    [Theory]
    [InlineData(WaitingNews.None)]
    [InlineData(WaitingNews.Asked)]
    [InlineData(WaitingNews.Gone)]
    public async Task Without_an_offer_the_page_says_what_will_happen_and_how_to_leave(WaitingNews news)
    {
        var page = await RenderAsync<WaitingPage, WaitingView>(View(news));
        page.ShouldBeSound();
        page.Text("main").ShouldContain("prévenons");
        page.QuerySelectorAll("button").ShouldHaveSingleItem().TextContent.ShouldBe("Je n'attends plus");
    }

    [Fact]
    public async Task Slots_elsewhere_are_booked_in_their_territory()
    {
        var found = new SlotsFound(TheDirectory, Today, 7, [], null);
        var elsewhere = new SlotElsewhere(TheDirectory, TheDirectory.Places[Library], 12.4, false, Slot(Library, 24, 9));
        var view = SlotsView.Of(Vaulx, FirstSteps, found, 3, Today, Today.PlusDays(42), "nonce") with { Elsewhere = ElsewhereChoice.Of([elsewhere, elsewhere with { IsGuess = true }]) };
        var page = await RenderAsync<SlotsPage, SlotsView>(view);
        page.ShouldBeSound();
        page.QuerySelectorAll("section .address").Select(address => address.TextContent.Contains("À 12\u00a0km", StringComparison.Ordinal)).ShouldBe([true, false]);
        page.QuerySelector("form[action='/reserver/heure'] input[name=departement]")!.GetAttribute("value").ShouldBe("69");
        page.QuerySelector("form[action='/reserver/heure'] button")!.GetAttribute("value").ShouldBe("2026-11-24T09:00@mediatheque");
    }

    [Fact]
    public async Task The_form_keeps_what_was_typed()
    {
        var page = await RenderAsync<CallbackPage, CallbackView>(new CallbackView(
            Vaulx, FirstSteps, "nonce", new PersonForm { Name = "Odette \"Fictive\"", Phone = "06 12" }, FormErrors.Of(PersonForm.PhoneField, "Ce numéro n'est pas complet.")));
        page.ShouldBeSound();
        page.Title!.ShouldStartWith("Erreur");
        page.QuerySelector(".errors a")!.GetAttribute("href").ShouldBe("#citizen-phone");
        page.QuerySelector("#citizen-name")!.GetAttribute("value").ShouldBe("Odette \"Fictive\"");
        page.QuerySelector("#citizen-phone")!.GetAttribute("value").ShouldBe("06 12");
    }

    [Fact]
    public async Task Who_has_an_appointment_reads_that_they_keep_it_and_that_an_earlier_one_replaces_it()
    {
        var asked = await RenderAsync<WaitingPage, WaitingView>(View(WaitingNews.Asked) with { CallAt = null, Has = "jeudi 3 décembre à 14 h" });
        asked.ShouldBeSound();
        asked.Text("main").ShouldContain("Votre rendez-vous reste réservé : jeudi 3 décembre à 14 h");
        asked.Text("main").ShouldNotContain("Nous vous appelons");
        var offered = await RenderAsync<WaitingPage, WaitingView>(
            View(WaitingNews.None, OfferCard.Of(Person, Offered, TheDirectory, Now)) with { CallAt = null, Has = "jeudi 3 décembre à 14 h" });
        offered.ShouldBeSound();
        offered.Text(".notice").ShouldContain("Si vous prenez cette place, elle le remplace");
    }

    [Fact]
    public async Task The_hotline_sees_who_waits_for_what_and_what_they_are_offered()
    {
        var page = await RenderAsync<HotlineWaitingPage, HotlineWaitingView>(HotlineWaitingView.Of(Person, new FoundWaiting(Person, Has: null, [Offered]), TheDirectory, Now));
        page.ShouldBeSound();
        page.Text("h1").ShouldContain("<script>alert(1)</script>");
        page.Text(".lines").ShouldBe("</p><script>x</script>");
        page.QuerySelectorAll("form").Select(form => form.GetAttribute("action")).ShouldBe([$"/hotline/attente/{Person.Id}/prendre", "/hotline/creneaux"]);
    }

    [Fact]
    public async Task Unmet_demand_is_a_table_the_latest_week_first()
    {
        var page = await RenderAsync<DemandPage, DemandView>(DemandView.Of(new UnmetDemand(
            new LocalDate(2026, 9, 1), new LocalDate(2026, 11, 23),
            [
                new DemandCount("2026-W07", Rhone, "69256", "Vaulx-en-Velin", FirstSteps.Id, 3),
                new DemandCount("2026-W48", Rhone, null, null, "emploi", 1),
            ])));
        page.ShouldBeSound();
        page.QuerySelectorAll("tbody tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent)))
            .ShouldBe(["48 (2026)|Département 69|Chercher un emploi|1", "7 (2026)|Vaulx-en-Velin (69)|Faire mes premiers pas|3"]);
    }
}
