using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NodaTime;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Browser;

/// <summary>What the staff do, without JavaScript.</summary>
[Collection(InABrowser.Name)]
public sealed partial class StaffTests(BrowserSession session)
{
    [Fact]
    public async Task The_hotline_signs_in_books_for_a_landline_and_finds_the_call_to_make()
    {
        const string Landline = "01 99 00 12 98";
        var page = await session.OpenAsync();
        await page.GotoAsync("/hotline");
        await page.PressButtonAsync("La personne qui répond au téléphone");
        await page.ShouldSayAsync("Accueil téléphonique");

        await SearchAsync(page, Landline);
        (await page.TextAsync()).ShouldContain("Aucun rendez-vous trouvé");
        await page.GetByLabel("Commune, code postal ou département").FillAsync("69120");
        await page.PressButtonAsync("Voir les heures libres");
        var time = page.Locator("button.time").Last;
        var start = RunningProduct.InstantOf((await time.GetAttributeAsync("value"))!);
        await time.ClickAsync();
        (await page.GetByLabel("Son numéro de téléphone").InputValueAsync()).ShouldBe(Landline);
        await page.GetByLabel("Prénom et nom de l'appelant").FillAsync("Marcel Fictif");
        await page.GetByRole(AriaRole.Button, new() { Name = "réserver", Exact = false }).ClickAsync();
        await page.ShouldSayAsync("C'est réservé");
        (await page.TextAsync(".say")).ShouldContain("Vous avez rendez-vous");
        (await page.TextAsync()).ShouldContain("01 99 00 12 98 (sans SMS)");

        await page.FollowAsync("Appel suivant");
        await SearchAsync(page, Landline);
        (await page.TextAsync(".result")).ShouldContain("Marcel Fictif");

        await session.Product.GoToAsync(start - Duration.FromHours(3));
        await page.GotoAsync("/hotline/appels");
        var call = page.Locator(".result").Filter(new() { HasText = "Marcel Fictif" });
        (await call.InnerTextAsync()).ShouldContain("Numéro sans SMS");
        await call.GetByRole(AriaRole.Button, new() { Name = "Personne jointe" }).ClickAsync();
        (await page.TextAsync(".notice")).ShouldContain("cet appel est terminé");
        (await page.GetByText("Marcel Fictif").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task An_advisor_says_who_came_and_counts_a_visit_once()
    {
        var booked = await BookAsync("Ginette Fictive", "06 39 98 10 11");
        await session.Product.GoToAsync(booked.Start.ToInstant() + Duration.FromMinutes(5));
        var page = await session.OpenAsync();
        await page.GotoAsync("/advisor");
        await page.PressButtonAsync("Aline Exemple");
        var entry = page.Locator(".entry").Filter(new() { HasText = "Ginette Fictive" });
        await entry.GetByRole(AriaRole.Button, new() { Name = "Venu :", Exact = false }).First.ClickAsync();
        (await entry.Locator(".tag").InnerTextAsync()).ShouldBe("Venu");
        await entry.GetByRole(AriaRole.Button, new() { Name = "pas venu" }).ClickAsync();
        (await entry.Locator(".tag").InnerTextAsync()).ShouldBe("Pas venu");

        var before = await WalkInsAsync(page);
        var form = page.Locator("form.walkins");
        var action = new Uri(new Uri(page.Url), await form.GetAttributeAsync("action")).ToString();
        var nonce = await form.Locator("[name=jeton]").GetAttributeAsync("value");
        await form.GetByRole(AriaRole.Button).ClickAsync();
        (await page.TextAsync(".notice")).ShouldContain("C'est noté");
        var again = page.Context.APIRequest.CreateFormData();
        again.Set("jeton", nonce!);
        (await page.Context.APIRequest.PostAsync(action, new() { Form = again })).Ok.ShouldBeTrue();
        await page.ReloadAsync();
        (await WalkInsAsync(page)).ShouldBe(before + 1);
    }

    [Fact]
    public async Task An_advisor_closes_hours_is_told_who_is_inside_and_opens_again()
    {
        var booked = await BookAsync("Renée Fictive", "06 39 98 10 12", rank: 4);
        var page = await session.OpenAsync(persona: RunningProduct.Advisor);
        var day = booked.Start.Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
        await page.GotoAsync("/advisor?du=" + day);
        await page.GetByText("Fermer des heures").ClickAsync();
        await page.PressButtonAsync("Fermer ces heures");
        (await page.Locator(".errors a").CountAsync()).ShouldBe(1, "without hours the whole day is meant, and the day is missing");
        var form = page.Locator("#fermer");

        await form.GetByLabel("Du", new() { Exact = true }).FillAsync(day);
        await form.GetByLabel("À partir de").FillAsync("00:00");
        await form.GetByLabel("Jusqu'à").FillAsync("23:00");
        await form.GetByLabel("Raison").FillAsync("Formation");
        await page.PressButtonAsync("Fermer ces heures");
        (await page.TextAsync("#fermeture")).ShouldContain("Renée Fictive");
        (await page.Locator("#fermeture:focus").CountAsync()).ShouldBe(1);
        (await form.GetByLabel("Raison").InputValueAsync()).ShouldBe("Formation");

        await form.GetByLabel("Les annuler : les personnes").CheckAsync();
        await page.PressButtonAsync("Fermer ces heures");
        (await page.TextAsync("#fermeture")).ShouldContain("Renée Fictive. Annulé. La personne est prévenue par SMS.");
        await page.PressButtonAsync("Oui, fermer ces heures");
        (await page.TextAsync(".notice")).ShouldContain("C'est fermé");
        (await page.TextAsync(".agenda")).ShouldContain("Absence : Formation");
        (await page.GetByText("Renée Fictive").CountAsync()).ShouldBe(0);

        await page.PressButtonAsync("Rouvrir");
        (await page.TextAsync(".notice")).ShouldContain("C'est rouvert");
        (await page.TextAsync(".agenda")).ShouldNotContain("Formation");
    }

    [Fact]
    public async Task Only_the_advisor_sees_the_address_of_the_feed_and_it_opens_the_calendar()
    {
        var page = await session.OpenAsync(persona: RunningProduct.Advisor);
        await page.GotoAsync("/advisor");
        var address = (await page.Locator(".address a[href$='.ics']").GetAttributeAsync("href"))!;
        var feed = await page.Context.APIRequest.GetAsync(address);
        (await feed.TextAsync()).ShouldStartWith("BEGIN:VCALENDAR");

        foreach (var other in new[] { RunningProduct.Hotline, "admin" })
        {
            var reader = await session.OpenAsync(persona: other);
            await reader.GotoAsync("/advisor?departement=69&conseiller=aline-exemple");
            await reader.ShouldSayAsync("Aline Exemple");
            (await reader.ContentAsync()).ShouldNotContain("/calendars/");
            (await reader.Locator("form").CountAsync() > 0).ShouldBe(other == "admin", other);
        }
    }

    [Fact]
    public async Task A_structure_reads_its_load()
    {
        await BookAsync("Yvonne Fictive", "06 39 98 10 13", rank: 2);
        var page = await session.OpenAsync();
        await page.GotoAsync("/structure");
        await page.PressButtonAsync("Médiathèque des Cerisiers");
        await page.ShouldSayAsync("Médiathèque des Cerisiers");
        (await page.TextAsync("table:has(#charge) tbody")).ShouldContain("Aline Exemple");
        var figures = await page.Locator(".figures dd").AllInnerTextsAsync();
        int.Parse(figures[3], CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
    }

    private static async Task SearchAsync(IPage page, string phone)
    {
        await page.GetByLabel("Numéro, nom, référence ou commune").FillAsync(phone);
        await page.GetByRole(AriaRole.Button, new() { Name = "Chercher", Exact = true }).First.ClickAsync();
    }

    private static async Task<int> WalkInsAsync(IPage page) =>
        NumberPattern().Match(await page.TextAsync(".walkins strong")) is { Success: true } number ? int.Parse(number.Value, CultureInfo.InvariantCulture) : 0;

    private async Task<Booked> BookAsync(string name, string phone, int rank = 0)
    {
        await (await session.OpenAsync()).CloseAsync();
        return await session.Product.BookAsync(name, phone, rank);
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex NumberPattern();
}
