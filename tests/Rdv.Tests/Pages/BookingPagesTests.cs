using Rdv.Agenda;
using Rdv.Pages.Booking;
using Rdv.Pages.Shared;
using Shouldly;
using Xunit;
using static Rdv.Tests.Pages.Rendering;
using static Rdv.Tests.Pages.Samples;

namespace Rdv.Tests.Pages;

public sealed class BookingPagesTests
{
    [Fact]
    public async Task The_first_page_asks_one_question()
    {
        var page = await RenderAsync<HomePage, WhereView>(WhereView.Empty);
        page.ShouldBeSound();
        page.QuerySelectorAll("form input").Length.ShouldBe(1);
    }

    [Fact]
    public async Task Several_communes_are_links_to_choose_from()
    {
        var page = await RenderAsync<CommunePage, WhereView>(WhereView.Choose("saint martin", Rdv.Directory.Communes.Search("saint martin", 10)));
        page.ShouldBeSound();
        page.QuerySelectorAll(".choices a").Length.ShouldBe(10);
    }

    [Fact]
    public async Task An_unknown_commune_is_an_error_that_leads_to_its_field()
    {
        var page = await RenderAsync<CommunePage, WhereView>(WhereView.NotFound("<b>zz</b>"));
        page.ShouldBeSound();
        page.QuerySelector(".errors a")!.GetAttribute("href").ShouldBe("#q");
        page.QuerySelector("#q")!.GetAttribute("value").ShouldBe("<b>zz</b>");
        page.QuerySelector("#q")!.GetAttribute("aria-invalid").ShouldBe("true");
        page.QuerySelector(".errors")!.HasAttribute("autofocus").ShouldBeTrue();
    }

    [Fact]
    public async Task First_steps_come_first_and_every_topic_is_there_once()
    {
        var page = await RenderAsync<TopicsPage, TopicsView>(TopicsView.Of(Vaulx));
        page.ShouldBeSound();
        var links = page.QuerySelectorAll("a[href^='/creneaux']").Select(link => link.GetAttribute("href")!).ToList();
        links[0].ShouldEndWith("sujet=premiers-pas");
        links.Select(link => link[(link.IndexOf("sujet=", StringComparison.Ordinal) + 6)..]).Order(StringComparer.Ordinal)
            .ShouldBe(Rdv.Directory.Topics.All.Select(topic => topic.Id).Order(StringComparer.Ordinal));
        page.QuerySelectorAll("details a").Length.ShouldBe(3);
    }

    [Fact]
    public async Task Slots_are_buttons_of_a_post_by_day_the_nearest_place_first()
    {
        var page = await SlotsAsync(Slot(TownHall, 24, 9), Slot(Library, 24, 9, 30), Slot(TownHall, 25, 14));
        page.ShouldBeSound();
        page.QuerySelectorAll("details.day > summary h2").Select(title => title.TextContent).ShouldBe(["mardi 24 novembre", "mercredi 25 novembre"]);
        page.QuerySelectorAll("details.day[open]").Length.ShouldBe(1);
        page.QuerySelectorAll("details.day[open] h3").Select(title => title.TextContent).ShouldBe(["Médiathèque", "Mairie annexe"]);
        page.QuerySelectorAll("form[method=post] button.time").Select(button => button.GetAttribute("value"))
            .ShouldBe(["2026-11-24T09:30@mediatheque", "2026-11-24T09:00@mairie", "2026-11-25T14:00@mairie"]);
        page.QuerySelector("form[method=post] input[name=jeton]")!.GetAttribute("value").ShouldBe("nonce");
        page.QuerySelectorAll("main a[href*='creneau=']").ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_slot_the_page_names_the_next_one()
    {
        var found = new SlotsFound(TheDirectory, Today, 7, [], Slot(Library, 30, 10, 30) with { Start = new NodaTime.LocalDateTime(2026, 12, 8, 10, 30) });
        var page = await RenderAsync<SlotsPage, SlotsView>(SlotsView.Of(Vaulx, FirstSteps, found, 3, Today, Today.PlusDays(42), "nonce"));
        page.ShouldBeSound();
        page.Text(".next").ShouldContain("mardi 8 décembre à 10 h 30");
        page.QuerySelector("a.button[href*='du=2026-12-08']").ShouldNotBeNull();
    }

    [Fact]
    public async Task Without_any_slot_at_all_the_page_gives_the_number()
    {
        var found = new SlotsFound(TheDirectory, Today, 7, [], null);
        var page = await RenderAsync<SlotsPage, SlotsView>(SlotsView.Of(Vaulx, FirstSteps, found, 3, Today, Today.PlusDays(42), "nonce"));
        page.ShouldBeSound();
        page.QuerySelector(".callus a[href='tel:0199001234']").ShouldNotBeNull();
        page.QuerySelectorAll("form").ShouldHaveSingleItem().GetAttribute("action").ShouldBe("/rappel");
        page.QuerySelectorAll("details form").ShouldBeEmpty("nothing is free: to be called is what is offered");
    }

    [Fact]
    public async Task The_weeks_stop_at_today_and_at_the_horizon()
    {
        var first = await SlotsAsync(Slot(Library, 24, 9));
        first.QuerySelectorAll(".weeks a").Select(link => link.TextContent).ShouldBe(["Semaine suivante"]);
        var found = new SlotsFound(TheDirectory, Today.PlusDays(42), 7, [], null);
        var last = await RenderAsync<SlotsPage, SlotsView>(SlotsView.Of(Vaulx, FirstSteps, found, 3, Today, Today.PlusDays(42), "nonce"));
        last.QuerySelectorAll(".weeks a").Select(link => link.TextContent).ShouldBe(["Semaine précédente"]);
    }

    [Fact]
    public async Task The_form_says_what_is_kept_and_until_when()
    {
        var page = await DetailsAsync(new PersonForm(), FormErrors.None);
        page.ShouldBeSound();
        page.Text(".card .when").ShouldBe("Mardi 24 novembre 2026 à 9 h");
        page.Text(".kept").ShouldContain("jusqu'à 9 h 15");
        page.QuerySelector("[name=demande]")!.GetAttribute("value").ShouldBe("sealed");
        page.QuerySelectorAll(".errors").ShouldBeEmpty();
        page.QuerySelectorAll("details[open]").ShouldBeEmpty();
        page.QuerySelector("meta[name=robots]")!.GetAttribute("content").ShouldBe("noindex");
    }

    [Fact]
    public async Task Errors_keep_everything_that_was_typed_and_lead_to_their_fields()
    {
        var typed = new PersonForm
        {
            Name = "Odette <script>alert(1)</script>",
            Phone = "06 12",
            Email = "x@",
            Needs = "Fauteuil \"roulant\"",
            Note = "</textarea><script>x</script>",
            ReminderTwoHours = true,
            HelperName = "Zoé",
            Business = "Fleurs",
        };
        var errors = new FieldErrors();
        errors.Add(PersonForm.PhoneField, "Ce numéro n'est pas complet.");
        errors.Add(PersonForm.HelperConsentField, "Cochez la case.");
        errors.Add("territory", "Sans champ.");
        var page = await DetailsAsync(typed, FormErrors.Of(errors), business: true);
        page.ShouldBeSound();
        page.QuerySelectorAll(".errors a").Select(link => link.GetAttribute("href")).ShouldBe(["#citizen-phone", "#helper-consent"]);
        page.Text(".errors").ShouldContain("Sans champ.");
        page.QuerySelector("#citizen-name")!.GetAttribute("value").ShouldBe(typed.Name);
        page.QuerySelector("#citizen-business")!.GetAttribute("value").ShouldBe("Fleurs");
        page.QuerySelector("#note")!.TextContent.ShouldBe(typed.Note);
        page.QuerySelector("#citizen-needs")!.TextContent.ShouldBe(typed.Needs);
        page.QuerySelector("#citizen-reminderTwoHours")!.HasAttribute("checked").ShouldBeTrue();
        page.QuerySelector("#helper-consent")!.HasAttribute("checked").ShouldBeFalse();
        page.QuerySelector("#citizen-phone")!.GetAttribute("aria-describedby").ShouldBe("citizen-phone-aide citizen-phone-erreur");
        page.QuerySelectorAll("details[open] #helper-consent").Length.ShouldBe(1, "a link must not lead into a closed part");
        page.Title!.ShouldStartWith("Erreur");
    }

    [Fact]
    public async Task A_citizen_is_not_asked_for_a_business()
    {
        (await DetailsAsync(new PersonForm(), FormErrors.None)).QuerySelectorAll("#citizen-business").ShouldBeEmpty();
        (await DetailsAsync(new PersonForm(), FormErrors.None, business: true)).QuerySelectorAll("#citizen-business").Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_slot_that_was_taken_offers_others_and_loses_nothing()
    {
        var typed = new PersonForm { Name = "Odette \"Fictive\"", Phone = "06 39 98 12 34", ReminderTwoHours = true };
        var page = await RenderAsync<SlotTakenPage, SlotTakenView>(new SlotTakenView(
            "mardi 24 novembre à 9 h",
            SlotList.Alternatives(TheDirectory, [Slot(Library, 24, 9, 30)]),
            "/reserver",
            [new("demande", "sealed"), .. typed.Hidden],
            BooksAtOnce: true,
            "/creneaux"));
        page.ShouldBeSound();
        var posted = page.QuerySelectorAll("form input[type=hidden]").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value"));
        PersonForm.Read(posted.GetValueOrDefault).ShouldBe(typed);
        posted["demande"].ShouldBe("sealed");
        page.QuerySelector("form button")!.GetAttribute("value").ShouldBe("2026-11-24T09:30@mediatheque");
    }

    private static Task<AngleSharp.Dom.IDocument> SlotsAsync(params Slot[] slots) => RenderAsync<SlotsPage, SlotsView>(SlotsView.Of(
        Vaulx, FirstSteps, new SlotsFound(TheDirectory, Today, 7, slots, null), 3, Today, Today.PlusDays(42), "nonce"));

    private static Task<AngleSharp.Dom.IDocument> DetailsAsync(PersonForm form, FormErrors errors, bool business = false) =>
        RenderAsync<DetailsPage, DetailsView>(new DetailsView(
            form,
            errors,
            SlotSummary.Of(TheDirectory, FirstSteps, new NodaTime.LocalDateTime(2026, 11, 24, 9, 0), Library),
            "sealed",
            "9 h 15",
            business,
            "/creneaux?commune=69256&sujet=premiers-pas") { Start = new NodaTime.LocalDateTime(2026, 11, 24, 9, 0) });
}
