using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Browser;

/// <summary>What a citizen does, without JavaScript.</summary>
[Collection(InABrowser.Name)]
public sealed partial class CitizenTests(BrowserSession session)
{
    [Fact]
    public async Task Books_moves_and_cancels_with_the_link_of_the_sms()
    {
        var page = await session.OpenAsync();
        await ChooseATimeAsync(page);
        await page.GetByLabel("Votre prénom et votre nom").FillAsync("Odette Fictive");
        await page.GetByText("Ajouter une précision").ClickAsync();
        await page.GetByLabel("De quoi avez-vous besoin pour venir").FillAsync("Une chaise haute");
        await page.PressButtonAsync("Réserver ce rendez-vous");

        (await page.TitleAsync()).ShouldStartWith("Erreur");
        await page.Locator(".errors a").ClickAsync();
        (await page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("citizen-phone");
        (await page.GetByLabel("Votre prénom et votre nom").InputValueAsync()).ShouldBe("Odette Fictive");
        (await page.GetByLabel("De quoi avez-vous besoin pour venir").InputValueAsync()).ShouldBe("Une chaise haute");
        await page.GetByLabel("Votre numéro de téléphone").FillAsync("06 39 98 10 01");
        await page.PressButtonAsync("Réserver ce rendez-vous");

        await page.ShouldSayAsync("C'est réservé");
        var reference = await page.TextAsync(".reference strong");
        await session.Product.RunTimerAsync("SendSms");
        var sms = session.Product.Messages.Single(message => message.Reference == reference && message.Kind == "confirmation");
        sms.To.ShouldBe("+33639981001");
        var link = LinkPattern().Match(sms.Text).Value;

        var visitor = await session.OpenAsync();
        await visitor.GotoAsync(link);
        await visitor.ShouldSayAsync("Votre rendez-vous");
        var before = await visitor.TextAsync(".slip .when");
        await visitor.FollowAsync("Changer de jour ou d'heure");
        await visitor.Locator("button.time:visible").Last.ClickAsync();
        await visitor.ShouldSayAsync("Déplacer ce rendez-vous ?");
        (await visitor.TextAsync(".recall")).ShouldContain(before, Case.Insensitive);
        await visitor.PressButtonAsync("Oui, déplacer");
        await visitor.ShouldSayAsync("Votre rendez-vous est déplacé");
        (await visitor.TextAsync(".slip .when")).ShouldNotBe(before);

        await visitor.FollowAsync("Annuler le rendez-vous");
        var otherTab = await visitor.Context.NewPageAsync();
        await otherTab.GotoAsync(visitor.Url);
        await visitor.PressButtonAsync("Oui, annuler");
        await visitor.ShouldSayAsync("Votre rendez-vous est annulé");
        await otherTab.PressButtonAsync("Oui, annuler");
        await otherTab.ShouldSayAsync("Votre rendez-vous était déjà annulé");
    }

    [Fact]
    public async Task Sends_the_form_twice_and_again_after_going_back_and_has_one_appointment()
    {
        var page = await session.OpenAsync();
        await ChooseATimeAsync(page, theFirst: true);
        await FillInAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Réserver ce rendez-vous" }).DblClickAsync();
        await page.Locator(".success").WaitForAsync();
        var reference = await page.TextAsync(".reference strong");

        await page.GoBackAsync();
        await FillInAsync(page);
        await page.PressButtonAsync("Réserver ce rendez-vous");
        (await page.TextAsync(".reference strong")).ShouldBe(reference);
        (await session.Product.CountAsync("06 39 98 10 02")).ShouldBe(1);

        static async Task FillInAsync(IPage page)
        {
            await page.GetByLabel("Votre prénom et votre nom").FillAsync("Lucien Fictif");
            await page.GetByLabel("Votre numéro de téléphone").FillAsync("06 39 98 10 02");
        }
    }

    [Fact]
    public async Task Reaches_the_content_and_the_first_answer_with_the_keyboard_alone()
    {
        var page = await session.OpenAsync();
        await page.GotoAsync("/");
        await page.Keyboard.PressAsync("Tab");
        (await page.EvaluateAsync<string>("document.activeElement.className")).ShouldBe("skip");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        (await page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("q");
        await page.Keyboard.TypeAsync("69120");
        (await page.InputValueAsync("#q")).ShouldBe("69120");
        await page.Locator("#q").PressAsync("Enter");
        await page.ShouldSayAsync("De quoi avez-vous besoin ?");
    }

    [Fact]
    public async Task Reads_a_page_where_a_file_is_not_there()
    {
        var page = await session.OpenAsync();
        var response = await page.GotoAsync("/assets/rien-ici");
        response!.Status.ShouldBe(404);
        await page.ShouldSayAsync("Cette page n'existe pas");
    }

    private static async Task ChooseATimeAsync(IPage page, bool theFirst = false)
    {
        await page.GotoAsync("/");
        await page.Locator("#q").FillAsync("Vaulx");
        await page.PressButtonAsync("Continuer");
        await page.FollowAsync("Vaulx-en-Velin");
        await page.FollowAsync("Je ne sais pas");
        await page.ShouldSayAsync("Quand venez-vous ?");
        await page.Locator(theFirst ? ".soonest button" : "button.time").First.ClickAsync();
        await page.ShouldSayAsync("Qui vient ?");
    }

    [GeneratedRegex(@"http://\S+/[0-9A-Z]{22,23}")]
    private static partial Regex LinkPattern();
}
