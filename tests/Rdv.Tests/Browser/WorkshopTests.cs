using Microsoft.Playwright;
using NodaTime;
using NodaTime.Text;
using Rdv.Language;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Browser;

/// <summary>Workshops, as a citizen, the hotline and an advisor meet them, without JavaScript.</summary>
[Collection(InABrowser.Name)]
public sealed class WorkshopTests(BrowserSession session)
{
    [Fact]
    public async Task A_citizen_finds_a_workshop_takes_a_seat_and_gives_it_up()
    {
        await StartAsync();
        await session.Product.PlanWorkshopAsync("Ranger ses photos");
        var page = await session.OpenAsync(width: 390);
        await page.GotoAsync("/");
        await page.Locator("#q").FillAsync("Vaulx");
        await page.PressButtonAsync("Continuer");
        await page.FollowAsync("Vaulx-en-Velin");
        await page.FollowAsync("Voir les ateliers");
        await page.ShouldSayAsync("Les ateliers et les cours près de chez vous");
        var workshop = page.Locator(".workshop").Filter(new() { HasText = "Ranger ses photos" });
        (await workshop.InnerTextAsync()).Replace('\u00a0', ' ').ShouldContain("Il reste 6 places");
        await workshop.GetByRole(AriaRole.Button).ClickAsync();

        await page.ShouldSayAsync("Qui vient ?");
        (await page.TextAsync(".card")).ShouldContain("Atelier : Ranger ses photos");
        (await page.TextAsync()).ShouldNotContain("Nous gardons");
        await page.GetByLabel("Votre prénom et votre nom").FillAsync("Odette Fictive");
        await page.PressButtonAsync("Réserver ma place");
        (await page.TitleAsync()).ShouldStartWith("Erreur");
        (await page.GetByLabel("Votre prénom et votre nom").InputValueAsync()).ShouldBe("Odette Fictive");
        await page.GetByLabel("Votre numéro de téléphone").FillAsync("06 39 98 10 41");
        await page.PressButtonAsync("Réserver ma place");

        await page.ShouldSayAsync("C'est réservé");
        (await page.TextAsync(".facts")).ShouldContain("Ranger ses photos");
        var reference = await page.TextAsync(".reference strong");
        await session.Product.RunTimerAsync("SendSms");
        session.Product.Messages.Single(message => message.Reference == reference && message.Kind == "confirmation").Text
            .ShouldContain("atelier");

        await page.FollowAsync("Annuler mon inscription");
        await page.ShouldSayAsync("Annuler cette inscription ?");
        await page.PressButtonAsync("Oui, annuler");
        await page.ShouldSayAsync("Votre inscription est annulée");
    }

    [Fact]
    public async Task A_citizen_who_comes_too_late_keeps_every_answer_and_takes_another_workshop()
    {
        await StartAsync();
        var last = await session.Product.PlanWorkshopAsync("La dernière place", seats: 1);
        await session.Product.PlanWorkshopAsync("Une autre place");
        var page = await session.OpenAsync();
        await ChooseAsync(page, "La dernière place");
        await page.GetByLabel("Votre prénom et votre nom").FillAsync("Lucien Fictif");
        await page.GetByLabel("Votre numéro de téléphone").FillAsync("06 39 98 10 42");
        await session.Product.BookSeatAsync(last, "Quelqu'un d'autre", "06 39 98 10 43");
        await page.PressButtonAsync("Réserver ma place");

        await page.ShouldSayAsync("Cet atelier est complet");
        (await page.TextAsync()).ShouldContain("La dernière place vient d'être prise");
        await page.Locator(".workshop").Filter(new() { HasText = "Une autre place" }).GetByRole(AriaRole.Button).ClickAsync();
        await page.ShouldSayAsync("C'est réservé");
        (await page.TextAsync(".facts")).ShouldContain("Une autre place");
        (await session.Product.CountAsync("06 39 98 10 42")).ShouldBe(1);

        await page.GotoAsync("/ateliers?commune=69256");
        (await page.Locator(".workshop").Filter(new() { HasText = "La dernière place" }).InnerTextAsync()).ShouldContain("Complet");
    }

    [Fact]
    public async Task A_workshop_that_moves_while_the_form_is_filled_in_is_not_booked_unseen()
    {
        await StartAsync();
        var workshop = await session.Product.PlanWorkshopAsync("Un atelier qui bouge");
        var page = await session.OpenAsync();
        await ChooseAsync(page, "Un atelier qui bouge");
        await page.GetByLabel("Votre prénom et votre nom").FillAsync("Renée Fictive");
        await page.GetByLabel("Votre numéro de téléphone").FillAsync("06 39 98 10 44");
        var other = workshop.Day.Next(IsoDayOfWeek.Sunday);
        await session.Product.MoveWorkshopAsync(workshop, other);
        await page.PressButtonAsync("Réserver ma place");

        (await page.TextAsync("[role=alert]")).ShouldContain("vient de changer");
        await page.Locator(".workshop").Filter(new() { HasText = "Un atelier qui bouge" }).GetByRole(AriaRole.Button).ClickAsync();
        await page.ShouldSayAsync("C'est réservé");
        (await page.TextAsync(".slip .when")).ShouldContain(FrenchDates.Date(other), Case.Insensitive);
    }

    [Fact]
    public async Task The_hotline_books_a_seat_for_a_landline_and_reads_it_aloud()
    {
        await StartAsync();
        var workshop = await session.Product.PlanWorkshopAsync("Écrire à ses petits-enfants");
        var page = await session.OpenAsync(persona: RunningProduct.Hotline);
        await page.GotoAsync("/hotline");
        await page.GetByLabel("Numéro, nom, référence ou commune").FillAsync("01 99 00 12 97");
        await page.GetByRole(AriaRole.Button, new() { Name = "Chercher", Exact = true }).First.ClickAsync();
        await page.GetByLabel("Commune, code postal ou département").FillAsync("saint martin");
        await page.PressButtonAsync("Voir les ateliers");
        (await page.TextAsync()).ShouldContain("Quelle commune ?");
        await page.GetByLabel("Commune, code postal ou département").FillAsync("69120");
        await page.PressButtonAsync("Voir les ateliers");
        await page.ShouldSayAsync("Ateliers");
        await page.Locator(".workshop").Filter(new() { HasText = "Écrire à ses petits-enfants" }).GetByRole(AriaRole.Button).ClickAsync();
        (await page.GetByLabel("Son numéro de téléphone").InputValueAsync()).ShouldBe("01 99 00 12 97");
        await page.GetByLabel("Prénom et nom de l'appelant").FillAsync("Marcel Fictif");
        await page.GetByRole(AriaRole.Button, new() { Name = "réserver" }).ClickAsync();
        await page.ShouldSayAsync("C'est réservé");
        (await page.TextAsync(".say")).ShouldContain($"une place à l'atelier « Écrire à ses petits-enfants », {FrenchDates.Spoken(workshop.Day)} à midi");
        (await page.GetByRole(AriaRole.Link, new() { Name = "Déplacer" }).CountAsync()).ShouldBe(0);

        // An address that someone typed leads back.
        await page.GotoAsync(new Uri(page.Url).AbsolutePath + "/deplacer");
        new Uri(page.Url).AbsolutePath.ShouldNotEndWith("/deplacer");
    }

    [Fact]
    public async Task An_advisor_plans_reads_moves_and_cancels_a_workshop()
    {
        await StartAsync();
        var page = await session.OpenAsync(persona: RunningProduct.Advisor);
        await page.GotoAsync("/advisor");
        await page.GetByText("Prévoir un atelier").ClickAsync();
        await page.GetByLabel("Titre").FillAsync("Le tableur sans peur");
        await page.Locator("#atelier").GetByRole(AriaRole.Button, new() { Name = "Prévoir", Exact = true }).ClickAsync();
        (await page.Locator(".errors a").CountAsync()).ShouldBe(2);
        (await page.GetByLabel("Titre").InputValueAsync()).ShouldBe("Le tableur sans peur");

        // On a Saturday: no other test plans one then.
        var saturday = (await session.Product.TodayAsync()).Next(IsoDayOfWeek.Saturday).PlusDays(7);
        await FillAsync(page, "#atelier", saturday, "12:00");
        await page.Locator("#atelier").GetByRole(AriaRole.Button, new() { Name = "Prévoir", Exact = true }).ClickAsync();
        (await page.Locator(".errors a").CountAsync()).ShouldBe(2, "the topic and the seats");
        await page.GetByLabel("Sujet").SelectOptionAsync("traitement-de-texte");
        await page.GetByLabel("Nombre de places").FillAsync("5");
        await page.Locator("#atelier").GetByRole(AriaRole.Button, new() { Name = "Prévoir", Exact = true }).ClickAsync();
        (await page.TextAsync(".notice")).ShouldContain("L'atelier est prévu");
        var entry = page.Locator(".entry").Filter(new() { HasText = "Le tableur sans peur" });
        (await entry.InnerTextAsync()).ShouldContain("Personne n'est inscrit");

        var address = (await entry.GetByRole(AriaRole.Link).First.GetAttributeAsync("href"))!;
        var planned = new Planned(address.Split('/')[^1].Split('?')[0], saturday);
        await session.Product.BookSeatAsync(planned, "Ginette Fictive", "06 39 98 10 45", note: "J'arrive en bus.");
        await session.Product.BookSeatAsync(planned, "Marcel Fictif", "06 39 98 10 46");
        await page.GotoAsync(address);
        await page.ShouldSayAsync("Atelier : Le tableur sans peur");
        (await page.Locator(".participants li").AllInnerTextsAsync()).Count.ShouldBe(2);
        (await page.TextAsync(".participants")).ShouldContain("J'arrive en bus.");

        await page.GetByText("Déplacer l'atelier").ClickAsync();
        (await page.TextAsync("#deplacer")).ShouldContain("2 personnes sont inscrites");
        await FillAsync(page, "#deplacer", saturday.PlusDays(-7), "");
        await page.PressButtonAsync("Déplacer et prévenir");
        (await page.Locator(".errors a").CountAsync()).ShouldBe(1);
        await FillAsync(page, "#deplacer", saturday.PlusDays(-7), "12:30");
        await page.PressButtonAsync("Déplacer et prévenir");
        (await page.TextAsync(".notice")).ShouldContain("L'atelier est déplacé. 2 personnes sont prévenues.");
        (await entry.InnerTextAsync()).ShouldContain("Ginette Fictive");

        await entry.GetByRole(AriaRole.Link, new() { Name = "Liste, déplacer, annuler" }).ClickAsync();
        await page.FollowAsync("Annuler l'atelier");
        await page.ShouldSayAsync("Annuler cet atelier ?");
        (await page.TextAsync(".notice")).ShouldContain("2 personnes sont inscrites");
        await page.PressButtonAsync("Oui, annuler l'atelier");
        (await page.TextAsync(".notice")).ShouldContain("L'atelier est annulé. 2 personnes sont prévenues.");
        (await page.GetByText("Le tableur sans peur").CountAsync()).ShouldBe(0);
        await session.Product.RunTimerAsync("SendSms");
        session.Product.Messages.Count(message =>
            message.Kind == "cancellation" && (message.To is "+33639981045" or "+33639981046") && message.Text.Contains("atelier", StringComparison.OrdinalIgnoreCase)).ShouldBe(2);
    }

    [Fact]
    public async Task An_advisor_says_of_each_person_whether_they_came()
    {
        await StartAsync();
        var workshop = await session.Product.PlanWorkshopAsync("Qui est venu");
        await session.Product.BookSeatAsync(workshop, "Yvonne Fictive", "06 39 98 10 47");
        await session.Product.BookSeatAsync(workshop, "Paulette Fictive", "06 39 98 10 48");
        await session.Product.GoToAsync(RunningProduct.InstantOf($"{LocalDatePattern.Iso.Format(workshop.Day)}T12:05@"));
        var page = await session.OpenAsync(persona: RunningProduct.Advisor);
        await page.GotoAsync("/advisor");
        var yvonne = page.Locator(".seats li").Filter(new() { HasText = "Yvonne Fictive" });
        var paulette = page.Locator(".seats li").Filter(new() { HasText = "Paulette Fictive" });
        await yvonne.GetByRole(AriaRole.Button, new() { Name = "Venu :", Exact = false }).First.ClickAsync();
        await paulette.GetByRole(AriaRole.Button, new() { Name = "Pas venu" }).ClickAsync();
        (await yvonne.Locator(".tag").InnerTextAsync()).ShouldBe("Venu");
        (await paulette.Locator(".tag").InnerTextAsync()).ShouldBe("Pas venu");
    }

    private static async Task ChooseAsync(IPage page, string title)
    {
        await page.GotoAsync("/ateliers?commune=69256");
        await page.Locator(".workshop").Filter(new() { HasText = title }).GetByRole(AriaRole.Button).ClickAsync();
        await page.ShouldSayAsync("Qui vient ?");
    }

    private static async Task FillAsync(IPage page, string form, LocalDate day, string time)
    {
        await page.Locator($"{form} [name=day]").FillAsync(LocalDatePattern.Iso.Format(day));
        await page.Locator($"{form} [name=start]").FillAsync(time);
    }

    private async Task StartAsync() => await (await session.OpenAsync()).CloseAsync();
}
