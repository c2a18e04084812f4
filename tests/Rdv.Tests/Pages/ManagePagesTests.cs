using NodaTime;
using Rdv.Appointments;
using Rdv.Pages.Manage;
using Rdv.Pages.Shared;
using Shouldly;
using Xunit;
using static Rdv.Tests.Pages.Rendering;
using static Rdv.Tests.Pages.Samples;

namespace Rdv.Tests.Pages;

public sealed class ManagePagesTests
{
    [Fact]
    public async Task A_new_appointment_can_be_dictated_and_printed()
    {
        var view = ManageView.ByKey(Card(Appointment()), "KEY") with { News = ManageNews.Booked };
        var page = await RenderAsync<ManagePage, ManageView>(view);
        page.ShouldBeSound();
        page.Text("h1").ShouldBe("C'est réservé");
        page.Text(".reference strong").ShouldBe(view.Card.Reference);
        page.Text(".slip .when").ShouldBe("jeudi 26 novembre 2026 à 9 h 30");
        page.Text(".facts").ShouldContain("Salle au fond.");
        page.Text("main").ShouldContain("au numéro qui finit par 34");
        page.Text("main").ShouldContain("Un SMS de rappel part mercredi 25 novembre.");
        page.QuerySelector($"a[href='/api/appointments/{view.Card.Reference}/calendar.ics?key=KEY']").ShouldNotBeNull();
        page.QuerySelectorAll("form").Select(form => form.GetAttribute("action")![^9..]).ShouldBe(["/plus-tot"], "opening the page must offer nothing that cancels by itself");
        page.QuerySelector("meta[name=robots]")!.GetAttribute("content").ShouldBe("noindex");
    }

    [Fact]
    public async Task The_number_and_the_name_stay_off_a_page_that_a_link_opens()
    {
        var page = await RenderAsync<ManagePage, ManageView>(ManageView.ByKey(Card(Appointment()), "KEY"));
        page.Source.Text.ShouldNotContain("Odette");
        page.Body!.TextContent.ShouldNotContain("39 98");
    }

    [Fact]
    public async Task A_landline_is_told_of_the_call()
    {
        var page = await RenderAsync<ManagePage, ManageView>(ManageView.ByKey(Card(Appointment(phone: "01 99 00 12 99")), "KEY"));
        page.Text("main").ShouldContain("ne reçoit pas de SMS. Nous vous appelons mercredi 25 novembre");
    }

    [Fact]
    public async Task A_cancelled_appointment_says_so_and_offers_no_change()
    {
        var card = Card(Appointment() with { Status = AppointmentStatus.Cancelled, Version = 2 });
        var page = await RenderAsync<ManagePage, ManageView>(ManageView.ByKey(card, "KEY") with { News = ManageNews.AlreadyCancelled });
        page.ShouldBeSound();
        page.Text("h1").ShouldBe("Votre rendez-vous était déjà annulé");
        page.QuerySelectorAll("a[href$='/annuler'], a[href$='/deplacer']").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_past_appointment_says_so_and_offers_no_change()
    {
        var page = await RenderAsync<ManagePage, ManageView>(ManageView.ByKey(Card(Appointment(), Now + Duration.FromDays(10)), "KEY"));
        page.ShouldBeSound();
        page.Text(".notice").ShouldContain("est passé");
        page.QuerySelectorAll("a[href$='/annuler'], a[href$='/deplacer']").ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancelling_asks_first_and_posts()
    {
        var view = ManageView.ByKey(Card(Appointment()), "KEY");
        var page = await RenderAsync<CancelPage, ManageView>(view);
        page.ShouldBeSound();
        page.QuerySelector("form[method=post]")!.GetAttribute("action").ShouldBe($"/r/{view.Card.Reference}/KEY/annuler");
    }

    [Fact]
    public async Task Moving_posts_the_version_that_was_seen()
    {
        var view = ManageView.ByKey(Card(Appointment() with { Version = 3 }), "KEY");
        var slots = SlotList.From(TheDirectory, [Slot(Library, 27, 10)], "69256", 3);
        var page = await RenderAsync<MovePage, MoveView>(new MoveView(view, slots, WeekView.Of(Today, 7, Today, Today.PlusDays(42)), null, Today, 3, "Cette heure vient d'être prise."));
        page.ShouldBeSound();
        page.Text(".notice").ShouldBe("Cette heure vient d'être prise.");
        page.QuerySelector("form[method=post] [name=version]")!.GetAttribute("value").ShouldBe("3");
        page.QuerySelector("form[method=post] button")!.GetAttribute("value").ShouldBe("2026-11-27T10:00@mediatheque");
    }

    [Theory]
    [InlineData("2026-11-24T09:00@p1", true)]
    [InlineData("2026-11-24T09:00@", false)]
    [InlineData("2026-11-24T09:00@a/b", false)]
    [InlineData("2026-13-24T09:00@p1", false)]
    [InlineData("2026-11-24T09:00:00@p1@p2", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void The_value_of_a_slot_is_read_strictly(string? text, bool valid)
    {
        SlotValue.TryParse(text, out var value).ShouldBe(valid);
        value?.ToString().ShouldBe(text);
    }
}
