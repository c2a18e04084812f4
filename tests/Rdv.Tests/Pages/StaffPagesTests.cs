using System.Globalization;
using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Calls;
using Rdv.Days;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Load;
using Rdv.Pages.Advisors;
using Rdv.Pages.Booking;
using Rdv.Pages.Hotline;
using Rdv.Pages.Manage;
using Rdv.Pages.Shared;
using Rdv.Pages.Structures;
using Rdv.Territories;
using Shouldly;
using Xunit;
using static Rdv.Tests.Pages.Rendering;
using static Rdv.Tests.Pages.Samples;

namespace Rdv.Tests.Pages;

public sealed class StaffPagesTests
{
    private const string Nasty = "Odette <script>alert(1)</script>";

    [Fact]
    public async Task The_hotline_finds_by_post_and_shows_names_as_text()
    {
        var page = await RenderAsync<HotlinePage, HotlineView>(Found("06 39 98 12 34", Card(Appointment(Nasty))));
        page.ShouldBeSound();
        page.Text(".result").ShouldContain(Nasty);
        page.QuerySelector("form.where input[name=telephone]")!.GetAttribute("value").ShouldBe("06 39 98 12 34");
        page.QuerySelectorAll("a").ShouldAllBe(link => !link.GetAttribute("href")!.Contains("39", StringComparison.Ordinal) || !link.GetAttribute("href")!.Contains("98", StringComparison.Ordinal));
    }

    internal static HotlineView Found(string phone, params AppointmentCard[] cards) => new()
    {
        Query = phone,
        Callers = CallerView.Of(cards.Select(card => CallerAppointment.Of(card, [], Rhone))),
        Form = new CallerForm { Phone = phone },
    };

    [Fact]
    public async Task Enter_on_the_page_of_slots_books_nothing()
    {
        var found = new SlotsFound(TheDirectory, Today, 7, [Slot(Library, 24, 9)], null);
        var page = await RenderAsync<HotlineSlotsPage, HotlineSlotsView>(HotlineSlotsView.Of(found, Vaulx, FirstSteps, "01 99 00 12 99", HotlineSlotsView.FewPlaces, Today, Today.PlusDays(42), "nonce"));
        page.ShouldBeSound();
        page.QuerySelector("form button")!.GetAttribute("name").ShouldBe("du");
        page.QuerySelector("button[name=creneau]")!.GetAttribute("formaction").ShouldBe("/hotline/reserver/heure");
    }

    [Fact]
    public async Task An_operator_reads_the_nearest_places_and_asks_for_more()
    {
        var places = Enumerable.Range(1, 60).Select(number => new Place(new PlaceId($"p{number:00}"), new StructureId("s"), $"Mairie {number:00}", null, "69120", "Vaulx-en-Velin", "69256")).ToList();
        var found = new SlotsFound(
            new TerritoryDirectory(Territory.Parse("69"), [new Structure(new StructureId("s"), "Mairie")], places, []),
            Today,
            7,
            [.. places.Select(place => Slot(place.Id, 24, 9))],
            null);
        var (shown, asked) = (HotlineSlotsView.FewPlaces, new List<int>());
        while (true)
        {
            var page = await RenderAsync<HotlineSlotsPage, HotlineSlotsView>(HotlineSlotsView.Of(found, Vaulx, FirstSteps, null, shown, Today, Today.PlusDays(42), "nonce"));
            page.ShouldBeSound();
            page.QuerySelectorAll("button[name=creneau]").Length.ShouldBe(shown);
            asked.Add(shown);
            page.QuerySelector($"input[name={HotlineSlotsView.PlacesField}]")?.GetAttribute("value").ShouldBe($"{shown}", "the next week shows as many");
            if (page.QuerySelector($"button[name={HotlineSlotsView.MoreField}]") is not { } more)
            {
                break;
            }

            page.QuerySelector("form button")!.GetAttribute("name").ShouldBe("du", "Enter presses the first");
            shown = int.Parse(more.GetAttribute("value")!, CultureInfo.InvariantCulture);
        }

        asked.ShouldBe([6, 18, 40]);
    }

    [Fact]
    public async Task The_operator_reads_a_summary_aloud()
    {
        var page = await RenderAsync<HotlineAppointmentPage, ManageView>(ManageView.ByStaff(Card(Appointment(Nasty))) with { News = ManageNews.Booked });
        page.ShouldBeSound();
        page.Text(".say").ShouldContain("jeudi vingt-six novembre à neuf heures et demie");
        page.Text(".say").ShouldContain("Salle au fond");
        page.Text("main").ShouldContain(Nasty);
        page.Text(".say").ShouldContain("Vous recevez un SMS maintenant");

        var found = await RenderAsync<HotlineAppointmentPage, ManageView>(ManageView.ByStaff(Card(Appointment(Nasty))));
        found.Text(".say").ShouldNotContain("maintenant", Case.Insensitive, "nothing leaves because someone looks");
        found.Text(".say").ShouldContain("Vous recevez un SMS de rappel");
    }

    [Fact]
    public async Task The_form_of_the_hotline_keeps_the_number()
    {
        var page = await RenderAsync<HotlineDetailsPage, DetailsView>(new DetailsView(
            new PersonForm { Phone = "01 99 00 12 99" }, FormErrors.None, SlotSummary.Of(TheDirectory, FirstSteps, new LocalDateTime(2026, 11, 24, 9, 0), Library),
            "sealed", null, ForBusiness: false, "/hotline")
        { Start = new LocalDateTime(2026, 11, 24, 9, 0) });
        page.ShouldBeSound();
        page.QuerySelector("#citizen-phone")!.GetAttribute("value").ShouldBe("01 99 00 12 99");
    }

    [Fact]
    public async Task A_call_to_make_has_its_sentence_and_its_three_outcomes()
    {
        var appointment = Appointment(Nasty, "01 99 00 12 99");
        var call = CallToMake.Of(appointment.Reference, CallReasons.Landline, "reminder", Now, 1, attempts: 2);
        var page = await RenderAsync<CallsPage, CallsView>(new CallsView([CallItem.Of(new CallSheet(call, appointment.Citizen.Name, appointment.Citizen.Phone, "Bonjour <b>vous</b>"))], null));
        page.ShouldBeSound();
        page.Text("h1").ShouldBe("1 appel à faire");
        page.Text(".result").ShouldContain(Nasty);
        page.Text(".result").ShouldContain("2 appels sans réponse");
        page.Text(".say").ShouldBe("Bonjour <b>vous</b>");
        page.QuerySelectorAll("form[action='/hotline/appels'] button").Select(button => button.GetAttribute("value")).ShouldBe(["joint", "sans-reponse", "regle"]);
        CallId.TryParse(page.QuerySelector("[name=appel]")!.GetAttribute("value"), out var id).ShouldBeTrue();
        id.Id.ShouldBe(call.Id);
    }

    [Fact]
    public async Task The_week_of_an_advisor_names_who_comes()
    {
        var appointment = Appointment(Nasty) with { Note = "Entend mal" };
        var entry = new AgendaEntry(EntryKind.Appointment, DayGrid.CellOf(new LocalTime(9, 30)), 12, appointment.Reference.Code, FirstSteps.Id, Library, 1);
        var absence = new AgendaEntry(EntryKind.Absence, DayGrid.CellOf(new LocalTime(14, 0)), 24, "abs");
        var found = new AgendaFound(
            TheDirectory,
            TheDirectory.Advisors[new AdvisorId("a1")],
            Today,
            7,
            [new AgendaLine(entry, appointment.LocalStart, appointment), new AgendaLine(absence, new LocalDateTime(2026, 11, 26, 14, 0), null)],
            new Dictionary<LocalDate, int>());
        var page = await RenderAsync<AgendaPage, AgendaView>(AgendaView.Of(found, Today.At(LocalTime.Noon), ""));
        page.ShouldBeSound();
        page.QuerySelectorAll(".agenda h2").Length.ShouldBe(5, "an empty weekend is left out");
        page.Text(".entry").ShouldContain(Nasty);
        page.Text(".entry").ShouldContain("Entend mal");
        page.Text(".entry .hours").ShouldBe("9 h 30 – 10 h 30");
        page.QuerySelector(".entry a")!.GetAttribute("href").ShouldBe("tel:+33639981234");
        page.Text(".quiet-entry").ShouldContain("Absence");
        page.QuerySelector(".weeks a")!.GetAttribute("href").ShouldBe("/advisor?du=2026-11-16");
        page.QuerySelectorAll("form").ShouldBeEmpty("those who only read have no buttons");
    }

    [Fact]
    public async Task An_advisor_says_who_came_once_the_hour_has_struck()
    {
        var appointment = Appointment(Nasty);
        var page = await ToolsAsync(appointment, appointment.LocalStart.PlusMinutes(-1));
        page.ShouldBeSound();
        page.QuerySelectorAll("button[name=resultat]").ShouldBeEmpty("it has not begun");

        page = await ToolsAsync(appointment, appointment.LocalStart);
        page.QuerySelectorAll("button[name=resultat]").Select(button => button.GetAttribute("value")).ShouldBe(["venu", "pas-venu"]);
        page.QuerySelector(".entry form")!.GetAttribute("action").ShouldBe($"/advisor/rendez-vous/{appointment.Reference}?du=2026-11-23");

        page = await ToolsAsync(appointment with { Status = AppointmentStatus.Kept }, appointment.LocalStart);
        page.Text(".entry .tag").ShouldBe("Venu");
        page.QuerySelectorAll("button[name=resultat]").Select(button => button.GetAttribute("value")).ShouldBe(["pas-venu"]);
    }

    [Fact]
    public async Task Hours_that_cannot_be_closed_name_who_is_inside_and_keep_what_was_typed()
    {
        var typed = CloseForm.Read(field => field switch
        {
            CloseForm.DateField => "2026-11-26",
            CloseForm.FromField => "9 h",
            CloseForm.ReasonField => Nasty,
            CloseForm.InsideField => "confier",
            _ => null,
        });
        var errors = new FieldErrors();
        typed.Period(errors).ShouldBeNull();
        var page = await ToolsAsync(Appointment(), Today.At(LocalTime.Noon), typed with { Errors = FormErrors.Of(errors) });
        page.ShouldBeSound();
        page.QuerySelectorAll(".errors a").Select(link => link.GetAttribute("href")).ShouldBe(["#from", "#to"]);
        page.QuerySelector("#fermer")!.HasAttribute("open").ShouldBeTrue();
        page.QuerySelector("#reason")!.GetAttribute("value").ShouldBe(Nasty);
        page.QuerySelectorAll("[name=inside][checked]").Select(choice => choice.GetAttribute("value")).ShouldBe(["confier"]);
        page.QuerySelector("[name=jeton]")!.GetAttribute("value").ShouldBe("nonce");

        page = await ToolsAsync(Appointment(), Today.At(LocalTime.Noon), typed with { Preview = new ClosePreview([$"9 h 30 : {Nasty}"], 1, IsRefused: true, "") });
        page.ShouldBeSound();
        page.Text("#fermeture[role=alert][autofocus] h2").ShouldBe("Rien n'est fermé : une personne a rendez-vous à ces heures.");
        page.Text("#fermeture li").ShouldContain(Nasty);
        page.QuerySelector("#fermer")!.HasAttribute("open").ShouldBeTrue();
        page.QuerySelector(page.QuerySelector("#fermeture a")!.GetAttribute("href")!).ShouldNotBeNull();
        page.QuerySelectorAll("#fermeture form").ShouldBeEmpty("nothing can be done before it is chosen");

        page = await ToolsAsync(Appointment(), Today.At(LocalTime.Noon), typed with { Preview = new ClosePreview(["9 h 30", "10 h"], 2, IsRefused: false, "00c0ffee") });
        page.ShouldBeSound();
        page.QuerySelectorAll("#fermeture input").Select(input => $"{input.GetAttribute("name")}={input.GetAttribute("value")}").ShouldBe(
            ["jeton=nonce", "vu=00c0ffee", "date=2026-11-26", "from=9 h", $"reason={Nasty}", "inside=confier"]);
    }

    private static Task<AngleSharp.Dom.IDocument> ToolsAsync(Appointment appointment, LocalDateTime now, CloseForm? close = null)
    {
        var entry = new AgendaEntry(EntryKind.Appointment, DayGrid.CellOf(new LocalTime(9, 30)), 12, appointment.Reference.Code, FirstSteps.Id, Library, 1);
        var found = new AgendaFound(
            TheDirectory,
            TheDirectory.Advisors[new AdvisorId("a1")],
            Today,
            7,
            [new AgendaLine(entry, appointment.LocalStart, appointment)],
            new Dictionary<LocalDate, int>());
        var tools = new AgendaTools(Today, "", 2, "nonce", "https://rdv.example/calendars/token.ics", close ?? CloseForm.Empty) { Link = "https://rdv.example/avec/69/a1" };
        return RenderAsync<AgendaPage, AgendaView>(AgendaView.Of(found, now, "", tools));
    }

    [Theory]
    [InlineData("a1@structure.example", false, false)]
    [InlineData("a1@structure.example", true, true)]
    [InlineData("a1.@structure.example", false, true)]
    [InlineData(null, false, true)]
    public async Task An_advisor_whom_invites_do_not_reach_is_told(string? email, bool refused, bool told)
    {
        var advisor = TheDirectory.Advisors[new AdvisorId("a1")] with { Email = email, MailRefusedAt = refused ? Instant.FromUtc(2026, 11, 16, 8, 0) : null };
        var found = new AgendaFound(TheDirectory, advisor, Today, 7, [], new Dictionary<LocalDate, int>());
        var page = await RenderAsync<AgendaPage, AgendaView>(AgendaView.Of(found, Today.At(LocalTime.Noon), ""));
        page.ShouldBeSound();
        page.QuerySelectorAll(".notice").Any(notice => notice.TextContent.Contains("ne reçoit pas nos messages")).ShouldBe(told);
    }

    [Fact]
    public async Task Why_an_hour_is_not_offered_is_told_in_words_and_the_night_is_left_out()
    {
        var half = (int hour, int minute, WhyNot? why) => new HalfHour(new LocalTime(hour, minute), why, why?.Reason == NotOffered.Closed ? null : Library);
        var closed = new WhyNot(NotOffered.Closed);
        var kept = new WhyNot(NotOffered.KeptForPhone, Instant.FromUtc(2026, 11, 22, 9, 30));
        var week = new WeekExplained(
            TheDirectory, TheDirectory.Advisors[new AdvisorId("a1")], FirstSteps, Today,
            [
                new DayExplained(Today, [half(8, 30, closed), half(9, 0, null), half(9, 30, null), half(10, 0, new WhyNot(NotOffered.Travel)), half(10, 30, kept), half(11, 0, closed)]),
                new DayExplained(Today.PlusDays(1), [half(8, 30, closed)]),
            ]);
        var page = await RenderAsync<WhyPage, WhyView>(WhyView.Of(week, "&departement=69&conseiller=a1"));
        page.ShouldBeSound();
        page.QuerySelectorAll(".dots li").Select(item => item.TextContent.Replace('\u00a0', ' ').Trim()).ShouldBe(
        [
            $"de 9 h à 10 h : Proposée ({TheDirectory.Places[Library].Name})",
            $"de 10 h à 10 h 30 : Trajet : un rendez-vous dans un autre lieu est trop proche ({TheDirectory.Places[Library].Name})",
            $"de 10 h 30 à 11 h : Gardé pour le téléphone jusqu'au dimanche 22 novembre à 10 h 30 ({TheDirectory.Places[Library].Name})",
        ]);
        page.QuerySelectorAll("h2").Length.ShouldBe(2);
        page.QuerySelectorAll("p").ShouldContain(line => line.TextContent == "Fermé toute la journée.");
        page.QuerySelector(".weeks a")!.GetAttribute("href").ShouldBe("/advisor/pourquoi?du=2026-11-16&departement=69&conseiller=a1");
    }

    [Fact]
    public async Task The_load_is_told_in_figures_beside_its_bars()
    {
        var counts = new LoadCounts(600, 150, 3, 1, 1, 2, 4);
        var day = new LocalDate(2026, 11, 17);
        var report = new LoadReport(
            TheDirectory.Structures[new StructureId("s1")],
            new LocalDate(2026, 11, 1),
            new LocalDate(2026, 11, 30),
            counts,
            [new AdvisorLoad(new AdvisorId("a1"), Nasty, counts, [new DayLoad(day, counts) { Hours = [new HourLoad(9, 60, 60, 1), new HourLoad(10, 60, 0, 0)] }]), new AdvisorLoad(new AdvisorId("a2"), "Personne", default, [])])
        {
            ThirdNextAvailable = new ThirdNextAvailable(6, 1),
        };
        var view = LoadView.Of(report, report.From, report.To, new LocalDate(2026, 11, 27), Territory.Parse("69"), "", [new UnmetLine("Bron", "premiers-pas", 3)]);
        var page = await RenderAsync<LoadPage, LoadView>(view);
        page.ShouldBeSound();
        var table = page.QuerySelector("caption#charge")!.ParentElement!;
        var row = table.QuerySelector("tbody tr")!;
        row.Text("th").ShouldBe(Nasty);
        row.QuerySelectorAll("td").Select(cell => cell.TextContent.Replace('\u00a0', ' ').Trim()).ShouldBe(["25 %", "10 h", "7 h 30", "2 h 30", "3", "1", "1", "2", "4"]);
        row.QuerySelector("rect.front")!.GetAttribute("width").ShouldBe("25");
        table.QuerySelectorAll("tbody tr")[1].Text("td").ShouldBe("–");
        table.QuerySelectorAll("tr").ShouldAllBe(line => line.Children.Length == 10);
        page.QuerySelector("a[href='/api/structures/69/s1/load?from=2026-11-01&to=2026-11-30&format=csv']").ShouldNotBeNull();
        page.QuerySelector("a[href='/api/structures/69/s1/load?from=2026-11-01&to=2026-11-30&format=xlsx']").ShouldNotBeNull();
        page.QuerySelectorAll(".figures dd").Select(figure => figure.TextContent.Replace('\u00a0', ' ')).ShouldBe(["10 h", "2 h 30", "25 %", "3", "dans 6 jours", "demain", "0 %"]);
        page.QuerySelectorAll(".heat tbody td").Select(cell => cell.TextContent).ShouldBe(["100", "0"]);
        page.QuerySelectorAll(".chart > svg rect.booked").Length.ShouldBe(1);
        page.QuerySelectorAll(".chart > svg rect.missed").Length.ShouldBe(1);
        page.QuerySelector("caption#demandes")!.ParentElement!.QuerySelectorAll("tbody td").Select(cell => cell.TextContent).ShouldContain("3");
        page.QuerySelector("a[href='/advisor/pourquoi?departement=69&conseiller=a1']").ShouldNotBeNull();
        page.QuerySelectorAll(".notice").ShouldBeEmpty();
        var without = await RenderAsync<LoadPage, LoadView>(view with { Tools = view.Tools! with { WithoutMail = [Nasty] } });
        without.ShouldBeSound();
        without.Text(".notice").ShouldContain($"n'arrivent pas à {Nasty}");
    }

    [Fact]
    public void What_is_shown_of_people_is_in_no_log()
    {
        var card = Card(Appointment());
        card.ToString().ShouldBe(card.Reference);
        new PersonForm { Name = "Odette", Phone = "06 39 98 12 34" }.ToString().ShouldNotContain("Odette");
        ManageView.ByStaff(card).ToString().ShouldNotContain("Odette");
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Every_message_is_a_sound_page_with_a_way_on(string title, MessageView message)
    {
        var page = await RenderAsync<MessagePage, MessageView>(message);
        page.ShouldBeSound();
        page.Text("h1").ShouldBe(title);
        page.QuerySelector("main a.button")!.GetAttribute("href").ShouldBe(message == MessageView.NotFound ? "/lien" : "/");
    }

    public static TheoryData<string, MessageView> Messages()
    {
        var data = new TheoryData<string, MessageView>();
        foreach (var message in new[]
        {
            MessageView.NotFound, MessageView.NoSuchPage, MessageView.TooFast, MessageView.Busy, MessageView.TooMany, MessageView.TooManyTries, MessageView.Forbidden, MessageView.StartAgain, MessageView.Refused,
        })
        {
            data.Add(message.Title, message);
        }

        return data;
    }
}
