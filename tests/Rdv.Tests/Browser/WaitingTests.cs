using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Browser;

/// <summary>What someone does for whom nothing is free, and the hotline for them, without JavaScript.</summary>
[Collection(InABrowser.Name)]
public sealed partial class WaitingTests(BrowserSession session) : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await session.Product.BeInWorkingHoursAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Asks_to_be_called_is_told_first_of_a_freed_place_and_takes_it()
    {
        var page = await session.OpenAsync(width: 390);
        await session.Product.ClearWaitingAsync();
        await page.GotoAsync("/creneaux?commune=69256&sujet=premiers-pas");
        var booked = await session.Product.BookAsync("Renée Fictive", "06 39 98 10 50", rank: 18);
        await page.GetByText("Rien ne vous convient").ClickAsync();
        await page.GetByLabel("Votre prénom et votre nom").FillAsync("Odette Fictive");
        await page.PressButtonAsync("Demander à être rappelé");

        (await page.TitleAsync()).ShouldStartWith("Erreur");
        (await page.GetByLabel("Votre prénom et votre nom").InputValueAsync()).ShouldBe("Odette Fictive");
        await page.GetByLabel("Votre numéro de téléphone").FillAsync("06 39 98 10 51");
        await page.PressButtonAsync("Demander à être rappelé");
        await page.ShouldSayAsync("C'est noté : nous vous rappelons");
        (await page.TextAsync()).ShouldContain("finit par 51");

        await session.Product.PostAsync(RunningProduct.Hotline, $"/api/hotline/appointments/{booked.Reference}/cancel", new { });
        await session.Product.RunTimerAsync("DoChores");
        await session.Product.RunTimerAsync("SendSms");
        var sms = session.Product.Messages.Single(message => message.Kind == "freed" && message.To == "+33639981051");
        var link = LinkPattern().Match(sms.Text).Value;

        var visitor = await session.OpenAsync(width: 390);
        await visitor.GotoAsync(link);
        await visitor.ShouldSayAsync("Une place s'est libérée pour vous");
        var otherTab = await visitor.Context.NewPageAsync();
        await otherTab.GotoAsync(link);
        await visitor.PressButtonAsync("Prendre ce rendez-vous");
        await visitor.ShouldSayAsync("C'est réservé");
        var reference = await visitor.TextAsync(".reference strong");

        // The button of the other tab says the same, and books nothing more.
        await otherTab.PressButtonAsync("Prendre ce rendez-vous");
        await otherTab.ShouldSayAsync("Ce rendez-vous est déjà réservé");
        (await otherTab.TextAsync(".reference strong")).ShouldBe(reference);
        await otherTab.GotoAsync(link);
        await otherTab.ShouldSayAsync("Vous n'êtes plus sur la liste d'attente");
        (await session.Product.CountAsync("06 39 98 10 51")).ShouldBe(1);
    }

    [Fact]
    public async Task Comes_too_late_goes_on_waiting_and_leaves()
    {
        var (first, second) = (await session.OpenAsync(), await session.OpenAsync(width: 390));
        await session.Product.ClearWaitingAsync();
        var booked = await session.Product.BookAsync("Renée Fictive", "06 39 98 10 52", rank: 8, alone: true);
        var links = new List<string>();
        foreach (var phone in new[] { "06 39 98 10 53", "06 39 98 10 54" })
        {
            var page = await session.OpenAsync();
            await page.GotoAsync("/rappel?commune=69256&sujet=premiers-pas");
            await page.GetByLabel("Votre prénom et votre nom").FillAsync("Lucien Fictif");
            await page.GetByLabel("Votre numéro de téléphone").FillAsync(phone);
            await page.PressButtonAsync("Demander à être rappelé");
            links.Add(page.Url);
        }

        await session.Product.PostAsync(RunningProduct.Hotline, $"/api/hotline/appointments/{booked.Reference}/cancel", new { });
        await session.Product.RunTimerAsync("DoChores");
        await first.GotoAsync(links[0]);
        await second.GotoAsync(links[1]);
        await first.PressButtonAsync("Prendre ce rendez-vous");
        await first.ShouldSayAsync("C'est réservé");
        await second.PressButtonAsync("Prendre ce rendez-vous");
        await second.ShouldSayAsync("Cette place n'est plus libre");
        (await second.TextAsync()).ShouldContain("Vous restez sur la liste d'attente");

        await second.PressButtonAsync("Je n'attends plus");
        await second.ShouldSayAsync("Vous n'êtes plus sur la liste d'attente");
        await second.GotoAsync(links[1]);
        await second.ShouldSayAsync("Vous n'êtes plus sur la liste d'attente");
        await second.GotoAsync(links[1][..links[1].LastIndexOf('/')] + "/0123456789ABC");
        await second.ShouldSayAsync("Nous ne trouvons pas ce rendez-vous");
    }

    [Fact]
    public async Task Where_nobody_receives_the_form_is_the_page()
    {
        var page = await session.OpenAsync(width: 390);
        await page.GotoAsync("/creneaux?commune=2A004&sujet=premiers-pas");
        await page.GetByLabel("Votre prénom et votre nom").FillAsync("Ange Fictif");
        await page.GetByLabel("Votre numéro de téléphone").FillAsync("01 99 00 12 54");
        await page.PressButtonAsync("Demander à être rappelé");
        await page.ShouldSayAsync("C'est noté : nous vous rappelons");
        (await page.TextAsync()).ShouldContain("par téléphone");

        var hotline = await session.OpenAsync(persona: RunningProduct.Hotline);
        await hotline.GotoAsync("/hotline/appels");
        var call = hotline.Locator("article", new() { HasText = "Ange Fictif" });
        (await call.InnerTextAsync()).ShouldContain("Demande à être rappelé");
        await call.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Réglé") }).ClickAsync();
        await page.ReloadAsync();
        await page.ShouldSayAsync("Vous n'êtes plus sur la liste d'attente");
    }

    [Fact]
    public async Task The_hotline_puts_a_caller_on_the_list_finds_them_there_and_takes_a_freed_place_for_them()
    {
        var hotline = await session.OpenAsync(persona: RunningProduct.Hotline);
        await session.Product.ClearWaitingAsync();
        var booked = await session.Product.BookAsync("Renée Fictive", "06 39 98 10 55", rank: 22);
        await hotline.GotoAsync("/hotline");
        await hotline.GetByLabel("Commune, code postal ou département").FillAsync("69120");
        await hotline.PressButtonAsync("Voir les heures libres");
        await hotline.GetByText("Mettre sur la liste d'attente").First.ClickAsync();
        await hotline.GetByLabel("Prénom et nom de l'appelant").FillAsync("Ginette Fictive");
        await hotline.Locator("form[action='/hotline/attente'] button").ClickAsync();
        (await hotline.TitleAsync()).ShouldStartWith("Erreur");
        await hotline.GetByLabel("Son numéro de téléphone").FillAsync("01 99 00 12 56");
        await hotline.Locator("form[action='/hotline/attente'] button").ClickAsync();
        await hotline.ShouldSayAsync("Ginette Fictive est sur la liste d'attente");

        await session.Product.PostAsync(RunningProduct.Hotline, $"/api/hotline/appointments/{booked.Reference}/cancel", new { });
        await session.Product.RunTimerAsync("DoChores");
        await hotline.GotoAsync("/hotline/appels");
        var call = hotline.Locator("article", new() { HasText = "Ginette Fictive" });
        (await call.InnerTextAsync()).ShouldContain("Une place s'est libérée");
        await call.GetByRole(AriaRole.Link, new() { Name = "Liste d'attente" }).ClickAsync();
        await hotline.PressButtonAsync("Prendre pour cette personne");
        await hotline.ShouldSayAsync("C'est réservé");
        (await session.Product.CountAsync("01 99 00 12 56")).ShouldBe(1);

        await hotline.GotoAsync("/hotline/demandes");
        (await hotline.TextAsync("table")).ShouldContain("Vaulx-en-Velin");
    }

    [Fact]
    public async Task A_place_across_the_border_is_booked_there()
    {
        // Clermont-Soubiran lies in the Lot-et-Garonne, where nobody receives, Valence in the Tarn-et-Garonne: one group of communes.
        var page = await session.OpenAsync(width: 390);
        await session.Product.ImportAsync(
            "id,nom,commune,code_postal,code_insee,adresse,latitude,longitude,nb_conseillers\nvalence,Mairie de Valence,Valence,82400,82186,1 rue Fictive,44.108,0.891,1\n");
        await page.GotoAsync("/creneaux?commune=47067&sujet=premiers-pas");
        (await page.TextAsync()).ShouldContain("Un peu plus loin");
        await page.Locator(".alternatives button").First.ClickAsync();
        await page.ShouldSayAsync("Qui vient ?");
        (await page.TextAsync(".card")).ShouldContain("Mairie de Valence");
        await page.GetByLabel("Votre prénom et votre nom").FillAsync("Odette Fictive");
        await page.GetByLabel("Votre numéro de téléphone").FillAsync("06 39 98 10 57");
        await page.PressButtonAsync("Réserver ce rendez-vous");
        await page.ShouldSayAsync("C'est réservé");
        (await page.TextAsync(".reference strong")).ShouldStartWith("82-");
    }

    [GeneratedRegex(@"https?://\S+/p/\S+")]
    private static partial Regex LinkPattern();
}
