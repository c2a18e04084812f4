using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;
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
        page.QuerySelectorAll("main > ul a").Select(link => link.TextContent).ShouldContain("Je n'arrive pas à lire mes courriels");
        page.QuerySelectorAll("details a").Select(link => link.GetAttribute("href")!).Prepend(links[0]).Select(link => link[(link.IndexOf("sujet=", StringComparison.Ordinal) + 6)..]).Order(StringComparer.Ordinal)
            .ShouldBe(Rdv.Directory.Topics.All.Select(topic => topic.Id).Order(StringComparer.Ordinal));
        page.QuerySelectorAll("details")[^1].QuerySelectorAll("a").Length.ShouldBe(3, "small businesses stand apart");
    }

    [Fact]
    public async Task The_first_place_stands_above_then_the_nearest_place_with_its_days_then_the_others()
    {
        var page = await SlotsAsync(Slot(TownHall, 23, 9), Slot(Library, 24, 9, 30), Slot(Library, 24, 14), Slot(Library, 26, 9), Slot(TownHall, 25, 14));
        page.ShouldBeSound();
        page.Text(".soonest .when").ShouldBe("lundi 23 novembre à 9 h", "three kilometres are a day");
        page.Text(".soonest").ShouldContain("Mairie annexe, à 3 km");
        page.QuerySelector("form[method=post] button")!.GetAttribute("value").ShouldBe("2026-11-23T09:00@mairie");
        page.QuerySelectorAll(".notice").ShouldBeEmpty("nothing is far");

        page.Text("#lieu").ShouldContain("Médiathèque, dans la commune");
        page.Text("#lieu").ShouldContain("Salle au fond.");
        page.QuerySelectorAll("details.day > summary h3").Select(title => title.TextContent).ShouldBe(["mardi 24 novembre", "jeudi 26 novembre"]);
        page.QuerySelectorAll("details.day[open]").Length.ShouldBe(1);
        page.QuerySelectorAll("details.day[open] h4").Select(title => title.TextContent).ShouldBe(["Matin", "Après-midi"]);
        page.QuerySelectorAll("form[method=post] button.time").Select(button => button.GetAttribute("value"))
            .ShouldBe(["2026-11-24T09:30@mediatheque", "2026-11-24T14:00@mediatheque", "2026-11-26T09:00@mediatheque"]);

        var other = page.QuerySelectorAll(".choices a").ShouldHaveSingleItem();
        other.GetAttribute("href")!.ShouldContain("&lieu=mairie");
        other.TextContent.Replace('\u00a0', ' ').ShouldContain("Dès lundi 23 novembre à 9 h · lundi et mercredi");
        page.QuerySelector("form[method=post] input[name=jeton]")!.GetAttribute("value").ShouldBe("nonce");
        page.QuerySelectorAll("main a[href*='creneau=']").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_place_that_was_chosen_is_the_one_that_is_open_and_one_that_has_nothing_is_as_if_it_were_not_named()
    {
        var found = new SlotsFound(TheDirectory, Today, 14, [Slot(Library, 24, 9), Slot(TownHall, 25, 14)], null);
        var chosen = await RenderAsync<SlotsPage, SlotsView>(SlotsView.Of(Vaulx, FirstSteps, found, 3, Today, Today.PlusDays(42), "nonce", TownHall));
        chosen.Text("#lieu").ShouldContain("Mairie annexe");
        chosen.QuerySelector(".weeks a")!.GetAttribute("href")!.ShouldContain("&lieu=mairie", Case.Sensitive, "the days that follow are of the same place");
        var unknown = await RenderAsync<SlotsPage, SlotsView>(SlotsView.Of(Vaulx, FirstSteps, found, 3, Today, Today.PlusDays(42), "nonce", new PlaceId("ailleurs")));
        unknown.Text("#lieu").ShouldContain("Médiathèque");
    }

    [Fact]
    public async Task A_first_place_that_is_far_is_announced()
    {
        var far = new Place(new PlaceId("loin"), new StructureId("s1"), "Mairie de Beaujeu", "1 place de la Mairie", "69430", "Beaujeu", "69018", 46.15, 4.59);
        var directory = new TerritoryDirectory(Rhone, [new Structure(new StructureId("s1"), "Ville")], [.. TheDirectory.Places.Values, far], []);
        var found = new SlotsFound(directory, Today, 14, [Slot(far.Id, 24, 9)], null);
        var page = await RenderAsync<SlotsPage, SlotsView>(SlotsView.Of(Vaulx, FirstSteps, found, 3, Today, Today.PlusDays(42), "nonce"));
        page.ShouldBeSound();
        page.Text(".notice").ShouldBe("Le lieu le plus proche est à 48 km.");
        page.Text("#lieu h2").ShouldBe("Ou choisissez une heure", "there is one place only");
    }

    [Theory]
    [InlineData("69256", "À Vaulx-en-Velin, aucune")]
    [InlineData("69151", "Au Perréon, aucune")]
    public async Task A_town_whose_advisor_has_no_hour_left_is_not_told_that_nobody_receives_there(string insee, string said)
    {
        var far = new Place(new PlaceId("loin"), new StructureId("s1"), "Mairie de Beaujeu", "1 place de la Mairie", "69430", "Beaujeu", "69018", 46.15, 4.59);
        var advisor = new Advisor(
            new AdvisorId("a1"), new StructureId("s1"), "Aline Exemple", null, null, [], [new OpeningHours([1], new NodaTime.LocalTime(9, 0), new NodaTime.LocalTime(10, 0), Library)]);
        var directory = new TerritoryDirectory(Rhone, [new Structure(new StructureId("s1"), "Ville")], [far with { Id = Library, Insee = insee, Latitude = 45.78, Longitude = 4.92 }, far], [advisor]);
        var found = new SlotsFound(directory, Today, 14, [Slot(far.Id, 24, 9)], null);
        var page = await RenderAsync<SlotsPage, SlotsView>(SlotsView.Of(Communes.Find(insee)!, FirstSteps, found, 3, Today, Today.PlusDays(42), "nonce"));
        page.Text(".notice").ShouldStartWith(said + " heure ne convient en ce moment. Le lieu libre le plus proche est à ");
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
        first.QuerySelectorAll(".weeks a").Select(link => link.TextContent).ShouldBe(["Jours suivants"]);
        var found = new SlotsFound(TheDirectory, Today.PlusDays(42), 7, [], null);
        var last = await RenderAsync<SlotsPage, SlotsView>(SlotsView.Of(Vaulx, FirstSteps, found, 3, Today, Today.PlusDays(42), "nonce"));
        last.QuerySelectorAll(".weeks a").Select(link => link.TextContent).ShouldBe(["Jours précédents"]);
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
        Vaulx, FirstSteps, new SlotsFound(TheDirectory, Today, 14, slots, null), 3, Today, Today.PlusDays(42), "nonce"));

    private static Task<AngleSharp.Dom.IDocument> DetailsAsync(PersonForm form, FormErrors errors, bool business = false) =>
        RenderAsync<DetailsPage, DetailsView>(new DetailsView(
            form,
            errors,
            SlotSummary.Of(TheDirectory, FirstSteps, new NodaTime.LocalDateTime(2026, 11, 24, 9, 0), Library),
            "sealed",
            "9 h 15",
            business,
            "/creneaux?commune=69256&sujet=premiers-pas")
        { Start = new NodaTime.LocalDateTime(2026, 11, 24, 9, 0) });
}
