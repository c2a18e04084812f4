using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Days;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Pages.Advisors;
using Rdv.Pages.Booking;
using Rdv.Pages.Hotline;
using Rdv.Pages.Manage;
using Rdv.Pages.Shared;
using Rdv.Pages.Workshops;
using Rdv.People;
using Rdv.Workshops;
using Shouldly;
using Xunit;
using static Rdv.Tests.Pages.Rendering;
using static Rdv.Tests.Pages.Samples;

namespace Rdv.Tests.Pages;

public sealed class WorkshopPagesTests
{
    private const string Nasty = "Internet <script>alert(1)</script> {0} 👩🏽‍🦽";

    private static readonly LocalDateTime Earliest = Today.At(new LocalTime(10, 0));

    [Fact]
    public async Task Workshops_are_buttons_of_a_post_by_day_then_by_hour()
    {
        var page = await ListAsync(3, Workshop(TownHall, 24, 9, 4), Workshop(Library, 24, 14, 1, Nasty), Workshop(Library, 25, 14, 0));
        page.ShouldBeSound();
        page.QuerySelectorAll(".workshops > h2").Select(day => day.TextContent).ShouldBe(["mardi 24 novembre", "mercredi 25 novembre"]);
        page.QuerySelectorAll(".workshop .left").Select(left => left.TextContent.Replace('\u00a0', ' ')).ShouldBe(["Il reste 4 places", "Il reste 1 place", "Complet"]);
        page.QuerySelectorAll("form[method=post] button[name=atelier]:not([formaction])").Length.ShouldBe(2, "nobody can join a full workshop");
        var wait = page.QuerySelectorAll("button[formaction]").ShouldHaveSingleItem();
        (wait.GetAttribute("formaction"), wait.GetAttribute("formmethod")).ShouldBe(("/rappel", "get"), "no number is in that address");
        wait.TextContent.ShouldStartWith("Me prévenir si une place se libère");
        page.Text(".workshop .when").ShouldBe("de 9 h à 11 h");
        page.Text(".workshop").ShouldContain("18 rue du Canal");
        page.Text("main").ShouldContain(Nasty);
        page.Text("main").ShouldNotContain("15 minutes", Case.Sensitive, "no seat is kept");
        page.QuerySelectorAll("main a[href*='atelier=']").ShouldBeEmpty();
        page.QuerySelector("form [name=commune]")!.GetAttribute("value").ShouldBe("69256");
    }

    [Fact]
    public async Task The_nearest_places_come_and_the_others_are_a_link_away()
    {
        var page = await ListAsync(1, Workshop(TownHall, 24, 9, 4), Workshop(Library, 25, 14, 1));
        page.QuerySelectorAll(".workshop").Length.ShouldBe(1);
        page.Text(".workshop").ShouldContain("Médiathèque");
        page.QuerySelector("a.more")!.GetAttribute("href").ShouldBe("/ateliers?commune=69256&lieux=12");
    }

    [Fact]
    public async Task What_begins_soon_is_for_the_telephone()
    {
        var page = await ListAsync(3, Workshop(Library, 23, 9, 4));
        page.QuerySelectorAll("button").ShouldBeEmpty();
        page.Text(".workshop .left").ShouldContain("appelez-nous");
    }

    [Fact]
    public async Task Without_a_workshop_the_page_leads_to_an_appointment()
    {
        var page = await ListAsync(3);
        page.ShouldBeSound();
        page.QuerySelectorAll("form").ShouldBeEmpty();
        page.QuerySelector("a.button[href='/sujet?commune=69256']").ShouldNotBeNull();
    }

    [Fact]
    public async Task The_topics_and_the_slots_lead_to_the_workshops()
    {
        (await RenderAsync<TopicsPage, TopicsView>(TopicsView.Of(Vaulx))).QuerySelector("a[href='/ateliers?commune=69256']").ShouldNotBeNull();
        var found = new SlotsFound(TheDirectory, Today, 7, [Slot(Library, 24, 9)], null);
        (await RenderAsync<SlotsPage, SlotsView>(SlotsView.Of(Vaulx, FirstSteps, found, 3, Today, Today.PlusDays(42), "nonce")))
            .QuerySelector("a[href='/ateliers?commune=69256']").ShouldNotBeNull();
    }

    [Fact]
    public async Task The_form_of_a_seat_names_the_workshop_and_keeps_nothing()
    {
        var summary = SlotSummary.Of(TheDirectory, FirstSteps, new LocalDateTime(2026, 11, 24, 14, 0), Library) with { Minutes = 120, Workshop = Nasty };
        var view = new DetailsView(new PersonForm(), FormErrors.None, summary, "sealed", KeptUntil: null, ForBusiness: false, "/ateliers?commune=69256") { Start = new LocalDateTime(2026, 11, 24, 14, 0) };
        var page = await RenderAsync<DetailsPage, DetailsView>(view);
        page.ShouldBeSound();
        page.Text(".card").ShouldContain("Atelier : " + Nasty);
        page.Text(".card").ShouldContain("Durée : 2 heures");
        page.QuerySelectorAll(".kept, .steps").ShouldBeEmpty();
        page.Text("button.main").ShouldBe("Réserver ma place");
        (await RenderAsync<HotlineDetailsPage, DetailsView>(view)).Text(".say").ShouldContain($"une place à l'atelier « {Nasty} », mardi vingt-quatre novembre à quatorze heures");
    }

    [Fact]
    public async Task A_workshop_that_is_full_meanwhile_offers_others_and_loses_nothing()
    {
        var typed = new PersonForm { Name = "Odette \"Fictive\"", Phone = "06 39 98 12 34", ReminderTwoHours = true };
        var page = await RenderAsync<WorkshopGonePage, WorkshopGoneView>(new WorkshopGoneView(
            "Cet atelier est complet",
            "La dernière place vient d'être prise.",
            WorkshopList.From(TheDirectory, [Workshop(Library, 25, 14, 2)], "69256", 3, Earliest),
            "/reserver",
            [new("demande", "sealed"), .. typed.Hidden],
            BooksAtOnce: true,
            "/ateliers?commune=69256",
            "/creneaux?commune=69256&sujet=internet"));
        page.ShouldBeSound();
        var posted = page.QuerySelectorAll("form input[type=hidden]").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value"));
        PersonForm.Read(posted.GetValueOrDefault).ShouldBe(typed);
        posted["demande"].ShouldBe("sealed");
        page.QuerySelectorAll("form button[name=atelier]").Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_seat_does_not_move_alone_and_can_be_given_up()
    {
        var page = await RenderAsync<ManagePage, ManageView>(ManageView.ByKey(Card(Seat(Nasty)), "KEY") with { News = ManageNews.Booked });
        page.ShouldBeSound();
        page.Text(".facts").ShouldContain(Nasty);
        page.Text(".facts").ShouldContain("Durée : 2 heures");
        page.QuerySelectorAll("a[href$='/deplacer']").ShouldBeEmpty();
        page.Text("a[href$='/annuler']").ShouldBe("Annuler mon inscription");
        page.Text("main").ShouldContain("Il contient un lien pour annuler.");

        var cancel = await RenderAsync<CancelPage, ManageView>(ManageView.ByKey(Card(Seat()), "KEY"));
        cancel.ShouldBeSound();
        cancel.Text("h1").ShouldBe("Annuler cette inscription ?");
        cancel.QuerySelectorAll("a[href$='/deplacer']").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Actor.Citizen, "Votre inscription est annulée")]
    [InlineData(Actor.Hotline, "Votre inscription est annulée")]
    [InlineData(Actor.Advisor, "Cet atelier est annulé")]
    public async Task A_cancelled_seat_says_whether_the_workshop_takes_place(Actor by, string title)
    {
        var card = Card(Seat() with { Status = AppointmentStatus.Cancelled, CancelledBy = by, Version = 2 });
        var page = await RenderAsync<ManagePage, ManageView>(ManageView.ByKey(card, "KEY"));
        page.ShouldBeSound();
        page.Text("h1").ShouldBe(title);
        ReadAloud.Of(card, told: false).ShouldHaveSingleItem().ShouldContain(by == Actor.Advisor ? "est annulé." : "inscription à l'atelier");
    }

    [Fact]
    public async Task The_operator_reads_the_workshop_aloud()
    {
        var page = await RenderAsync<HotlineAppointmentPage, ManageView>(ManageView.ByStaff(Card(Seat())) with { News = ManageNews.Booked });
        page.ShouldBeSound();
        page.Text(".say").ShouldContain("Vous avez une place à l'atelier « Découvrir Internet », jeudi vingt-six novembre à neuf heures et demie. Il dure 2 heures.");
        page.QuerySelectorAll("a[href$='/deplacer']").ShouldBeEmpty();
        var search = await RenderAsync<HotlinePage, HotlineView>(StaffPagesTests.Found("06 39 98 12 34", Card(Seat())));
        search.ShouldBeSound();
        search.Text(".result").ShouldContain("Atelier : Découvrir Internet");
        search.QuerySelectorAll(".result a[href$='/deplacer']").ShouldBeEmpty();
    }

    [Fact]
    public async Task Enter_on_the_hotlines_page_of_workshops_books_nothing_and_the_number_stays_out_of_addresses()
    {
        var list = WorkshopList.From(TheDirectory, [Workshop(Library, 25, 14, 2)], "69256", 40, Earliest);
        var page = await RenderAsync<HotlineWorkshopsPage, HotlineWorkshopsView>(new HotlineWorkshopsView(Rhone, Vaulx, "internet", "01 99 00 12 99", list));
        page.ShouldBeSound();
        page.QuerySelector("form button")!.GetAttribute("formaction").ShouldBe("/hotline/creneaux");
        page.QuerySelector("form [name=telephone]")!.GetAttribute("value").ShouldBe("01 99 00 12 99");
        page.QuerySelectorAll("main a").ShouldAllBe(link => !link.GetAttribute("href")!.Contains("99", StringComparison.Ordinal));
        page.QuerySelectorAll("form").ShouldAllBe(form => form.GetAttribute("method") == "post");
    }

    [Fact]
    public async Task The_week_of_an_advisor_names_who_has_a_seat_and_says_who_came_once_it_has_begun()
    {
        var start = new LocalDateTime(2026, 11, 26, 9, 30);
        var seat = Seat(Nasty, "Odette <b>Fictive</b>") with { Note = "Entend mal" };
        var page = await WeekAsync(start.PlusMinutes(-1), seat);
        page.ShouldBeSound();
        page.Text(".entry").ShouldContain("Atelier : " + Nasty);
        page.Text(".entry").ShouldContain("1 place prise sur 8");
        page.Text(".seats").ShouldContain("Odette <b>Fictive</b>");
        page.Text(".seats").ShouldContain("Entend mal");
        page.QuerySelector(".seats a")!.GetAttribute("href").ShouldBe("tel:+33639981234");
        page.QuerySelectorAll("button[name=resultat]").ShouldBeEmpty("it has not begun");
        page.QuerySelector(".entry a.button")!.GetAttribute("href").ShouldBe("/advisor/ateliers/w0123456789abcdef?du=2026-11-23");

        page = await WeekAsync(start, seat, seat with { Reference = AppointmentReference.Derive(Rhone, "other"), Status = AppointmentStatus.Missed });
        page.ShouldBeSound();
        page.QuerySelectorAll("button[name=resultat]").Select(button => button.GetAttribute("value")).ShouldBe(["venu", "pas-venu", "venu"], ignoreOrder: true);
        page.QuerySelector(".seats form")!.GetAttribute("action").ShouldNotBeNull().ShouldStartWith("/advisor/rendez-vous/69-");
        page.Text(".seats .tag").ShouldBe("Pas venu");
    }

    [Fact]
    public async Task A_workshop_that_cannot_be_planned_keeps_what_was_typed()
    {
        var typed = WorkshopForm.Read(field => field switch
        {
            WorkshopForm.TitleField => Nasty,
            WorkshopForm.TopicField => "courriels",
            WorkshopForm.DateField => "2026-11-26",
            WorkshopForm.StartField => "9 h",
            WorkshopForm.MinutesField => "90",
            WorkshopForm.PlaceField => TownHall.Value,
            WorkshopForm.SeatsField => "beaucoup",
            _ => null,
        });
        var errors = new FieldErrors();
        typed.Begins(errors).ShouldBeNull();
        var page = await WeekAsync(Today.At(LocalTime.Noon), typed with { Errors = FormErrors.Of(errors) });
        page.ShouldBeSound();
        page.QuerySelectorAll(".errors a").Select(link => link.GetAttribute("href")).ShouldBe(["#start"]);
        page.QuerySelector("#atelier")!.HasAttribute("open").ShouldBeTrue();
        page.QuerySelector("#title")!.GetAttribute("value").ShouldBe(Nasty);
        page.QuerySelector("#seats")!.GetAttribute("value").ShouldBe("beaucoup");
        page.QuerySelectorAll("#atelier option[selected]").Select(option => option.GetAttribute("value")).ShouldBe(["courriels", "90", "mairie", "1", "1"]);
        page.QuerySelector("#atelier [name=jeton]")!.GetAttribute("value").ShouldBe("nonce");
    }

    [Fact]
    public async Task The_list_of_a_workshop_is_for_paper_and_a_change_says_first_how_many_are_told()
    {
        var seats = new[] { Seat(Nasty) with { Note = "Entend mal" }, Seat(Nasty, "Marcel Fictif") with { Reference = AppointmentReference.Derive(Rhone, "other") } };
        var view = WorkshopView.Of(Planned, seats, TheDirectory, Now, mayChange: true, Today, "");
        var page = await RenderAsync<WorkshopPage, WorkshopView>(view);
        page.ShouldBeSound();
        page.QuerySelectorAll(".participants li").Length.ShouldBe(2);
        page.QuerySelectorAll(".participants .box").Length.ShouldBe(2);
        page.Text(".participants").ShouldContain("Entend mal");
        page.Text("#deplacer").ShouldContain("2 personnes sont inscrites. Elles seront toutes prévenues");
        page.QuerySelector("#deplacer form")!.GetAttribute("action").ShouldBe("/advisor/ateliers/w0123456789abcdef/deplacer?du=2026-11-23");
        page.QuerySelectorAll("#deplacer input").Select(input => input.GetAttribute("value")).ShouldBe(["2026-11-26", "09:30"]);

        var cancel = await RenderAsync<CancelWorkshopPage, WorkshopView>(view);
        cancel.ShouldBeSound();
        cancel.Text(".notice").ShouldContain("2 personnes sont inscrites");
        cancel.QuerySelector("form[method=post]")!.GetAttribute("action").ShouldBe("/advisor/ateliers/w0123456789abcdef/annuler?du=2026-11-23");
    }

    [Fact]
    public async Task Those_who_only_read_and_those_who_come_too_late_change_nothing()
    {
        foreach (var view in new[]
        {
            WorkshopView.Of(Planned, [Seat()], TheDirectory, Now, mayChange: false, Today, "&departement=69&conseiller=a1"),
            WorkshopView.Of(Planned, [Seat()], TheDirectory, Planned.Start, mayChange: true, Today, ""),
            WorkshopView.Of(Planned with { IsCancelled = true }, [], TheDirectory, Now, mayChange: true, Today, ""),
        })
        {
            var page = await RenderAsync<WorkshopPage, WorkshopView>(view);
            page.ShouldBeSound();
            page.QuerySelectorAll("form, a[href*='/annuler']").ShouldBeEmpty();
            page.QuerySelector("a.back")!.GetAttribute("href").ShouldBe(view.Week);
        }
    }

    [Fact]
    public void The_advisors_own_places_come_first()
    {
        var directory = new TerritoryDirectory(
            Rhone,
            [.. TheDirectory.Structures.Values, new Structure(new StructureId("s2"), "Autre")],
            [.. TheDirectory.Places.Values, new Place(new PlaceId("p3"), new StructureId("s2"), "Ailleurs", "1 rue", "69003", "Lyon", "69383")],
            TheDirectory.Advisors.Values);
        var groups = WorkshopForm.PlacesFor(directory.Advisors[new AdvisorId("a1")], directory);
        groups.Select(group => group.Label).ShouldBe(["Mes lieux", "Autres lieux"]);
        groups[0].Options.Select(option => option.Value).ShouldBe(["mairie", "mediatheque"]);
    }

    [Theory]
    [InlineData("14:30", true)]
    [InlineData("14:30:00", true)]
    [InlineData("14h30", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_hour_is_read_as_browsers_send_it(string? text, bool valid) => (TimeInput.Time(text) is not null).ShouldBe(valid);

    [Theory]
    [InlineData("2026-11-24", true)]
    [InlineData("9999-12-31", false)]
    [InlineData("-9998-01-01", false)]
    [InlineData("24/11/2026", false)]
    public void A_day_is_read_as_browsers_send_it(string text, bool valid) => (TimeInput.Day(text) is not null).ShouldBe(valid);

    [Theory]
    [InlineData(45, "45 minutes")]
    [InlineData(60, "1 heure")]
    [InlineData(90, "1 heure 30")]
    [InlineData(65, "1 heure 05")]
    [InlineData(120, "2 heures")]
    [InlineData(150, "2 heures 30")]
    public void A_length_is_said_in_words(int minutes, string words) => Words.Duration(minutes).Replace('\u00a0', ' ').ShouldBe(words);

    private static Workshop Planned => new(
        Rhone,
        new WorkshopId("w0123456789abcdef"),
        new AdvisorId("a1"),
        new StructureId("s1"),
        Library,
        Nasty,
        "internet",
        new LocalDateTime(2026, 11, 26, 9, 30).InZoneStrictly(Rhone.Zone).ToInstant(),
        120,
        8,
        IsCancelled: false,
        Version: 1,
        Now,
        RequestIdentity.Of("test", "workshop", ""));

    private static Task<AngleSharp.Dom.IDocument> ListAsync(int places, params PlannedWorkshop[] workshops) => RenderAsync<WorkshopsPage, WorkshopsView>(
        new WorkshopsView(Vaulx, WorkshopList.From(TheDirectory, workshops, Vaulx.Insee, places, Earliest), places));

    private static Task<AngleSharp.Dom.IDocument> WeekAsync(LocalDateTime now, params Appointment[] seats) => WeekAsync(now, WorkshopForm.Empty, seats);

    private static Task<AngleSharp.Dom.IDocument> WeekAsync(LocalDateTime now, WorkshopForm plan, params Appointment[] seats)
    {
        var advisor = TheDirectory.Advisors[new AdvisorId("a1")];
        var entry = Planned.ToEntry(seats.Select(seat => seat.Reference.Code));
        var line = new AgendaLine(entry, Planned.LocalStart, null, Attendees: seats);
        var found = new AgendaFound(TheDirectory, advisor, Today, 7, [line], new Dictionary<LocalDate, int>());
        var tools = new AgendaTools(Today, "", null, "nonce", null, CloseForm.Empty) { Link = "https://rdv.example/avec/69/a1", Plan = plan, Places = WorkshopForm.PlacesFor(advisor, TheDirectory) };
        return RenderAsync<AgendaPage, AgendaView>(AgendaView.Of(found, now, "", tools));
    }
}
