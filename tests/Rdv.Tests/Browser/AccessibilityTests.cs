using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using NodaTime.Text;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Browser;

/// <summary>Every main page, with all its parts unfolded, on a large screen, on a phone, and on the narrowest one that still counts (WCAG 1.4.10).</summary>
[Collection(InABrowser.Name)]
public sealed class AccessibilityTests(BrowserSession session)
{
    private const int LargeScreen = 1280;
    private const int Phone = 390;
    private const int Narrowest = 320;

    private static readonly (string? Persona, string Address)[] Pages =
    [
        (null, "/"),
        (null, "/commune?q=vaulx"),
        (null, "/commune?q=zzz"),
        (null, "/sujet?commune=69256"),
        (null, "/creneaux?commune=69256&sujet=premiers-pas"),
        (null, "/creneaux?commune=2A004&sujet=premiers-pas"),
        (null, "/rappel?commune=69256&sujet=premiers-pas"),
        (null, "{waiting}"),
        (null, "{waiting}?nouveau=1"),
        (null, "{key}"),
        (null, "{key}/deplacer"),
        (null, "{key}/annuler"),
        (null, "{key}/carte"),
        (null, "/lien"),
        (null, "/plan"),
        (null, "/facile"),
        (null, "/lieux?ou=69"),
        (null, "/chez/69/mediatheque-des-cerisiers/affiche"),
        (null, "/accessibilite"),
        (null, "/mentions-legales"),
        (null, "/donnees-personnelles"),
        (null, "/ateliers?commune=69256"),
        (null, "{seat}"),
        (null, "{seat}/annuler"),
        (null, "/assets/rien-ici"),
        (RunningProduct.Hotline, "/hotline"),
        (RunningProduct.Hotline, "/hotline/appels"),
        (RunningProduct.Hotline, "/hotline/rendez-vous/{reference}"),
        (RunningProduct.Hotline, "/hotline/rendez-vous/{reference}/lettre"),
        (RunningProduct.Hotline, "/hotline/attente/{person}"),
        (RunningProduct.Hotline, "/hotline/demandes"),
        (RunningProduct.Advisor, "/advisor"),
        (RunningProduct.Advisor, "/advisor?du={day}"),
        (RunningProduct.Advisor, "/advisor/pourquoi?du={day}"),
        (RunningProduct.Advisor, "/advisor/heures"),
        (RunningProduct.Advisor, "/advisor/ateliers/{workshop}?du={day}"),
        (RunningProduct.Advisor, "/advisor/ateliers/{workshop}/annuler?du={day}"),
        (RunningProduct.Structure, "/structure"),
        (RunningProduct.Admin, "/gestion"),
        (RunningProduct.Admin, "/gestion?nom=cerisiers"),
        (RunningProduct.Admin, "/gestion/import"),
        (RunningProduct.Admin, "/gestion/personne"),
        (RunningProduct.Structure, "/structure/accueil"),
        (RunningProduct.Structure, "/structure/fermetures"),
        ("territory:69", "/structure"),
        ("admin", "/structure/france"),
        (null, "/connexion"),
        ("admin", "/compte"),
        ("admin", "/gestion/equipe"),
        ("admin", "/gestion/import?quoi=equipe"),
    ];

    [Fact]
    public async Task Axe_finds_nothing_serious_on_a_large_screen_and_on_a_phone()
    {
        var options = new AxeRunOptions
        {
            ResultTypes = [ResultType.Violations],

            // AAA: people of 80 read this in the sun.
            Rules = new Dictionary<string, RuleOptions> { ["color-contrast-enhanced"] = new() { Enabled = true } },
        };
        var problems = new List<string>();
        await VisitAsync(LargeScreen, script: true, async (page, address) =>
        {
            foreach (var width in new[] { LargeScreen, Phone })
            {
                await page.SetViewportSizeAsync(width, 900);

                // Away from every button: the pointer of the visit before would leave one half lit.
                await page.Mouse.MoveAsync(0, 0);
                await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
                problems.AddRange((await page.RunAxe(options)).Violations
                    .Where(violation => violation.Impact is "serious" or "critical")
                    .Select(violation => $"{address} at {width} px: {violation.Id} at {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Html))}"));
            }
        });
        problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_scrolls_sideways_on_a_narrow_screen()
    {
        var problems = new List<string>();
        await VisitAsync(Narrowest, script: false, async (page, address) =>
        {
            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") is > Narrowest and var width)
            {
                problems.Add($"{address}: {width} px");
            }
        });
        problems.ShouldBeEmpty();
    }

    private async Task VisitAsync(int width, bool script, Func<IPage, string, Task> check)
    {
        var visitors = new Dictionary<string, IPage>();
        Booked? booked = null;
        Booked? seat = null;
        Planned? workshop = null;
        (string Id, string Address)? waiting = null;
        foreach (var (persona, template) in Pages)
        {
            if (!visitors.TryGetValue(persona ?? "", out var page))
            {
                page = visitors[persona ?? ""] = await session.OpenAsync(script, persona, width);
            }

            booked ??= await session.Product.BookAsync("Odette Fictive", "06 39 98 10 20", rank: 6, note: "Je viens avec ma fille.");
            workshop ??= await session.Product.PlanWorkshopAsync("Protéger ses données personnelles");
            seat ??= await session.Product.BookSeatAsync(workshop, "Odette Fictive", "06 39 98 10 21", note: "Je viens avec ma fille.");
            waiting ??= await session.Product.AskToBeCalledAsync("Lucien Fictif", "06 39 98 10 24");
            var address = template
                .Replace("{waiting}", waiting.Value.Address, StringComparison.Ordinal)
                .Replace("{person}", waiting.Value.Id, StringComparison.Ordinal)
                .Replace("{seat}", seat.Address, StringComparison.Ordinal)
                .Replace("{workshop}", workshop.Id, StringComparison.Ordinal)
                .Replace("{day}", LocalDatePattern.Iso.Format(workshop.Day), StringComparison.Ordinal)
                .Replace("{key}", booked.Address, StringComparison.Ordinal)
                .Replace("{reference}", booked.Reference, StringComparison.Ordinal);
            await CheckAsync(page, template, address);
            if (template.StartsWith("/ateliers", StringComparison.Ordinal))
            {
                await page.Locator("button[name=atelier]").First.ClickAsync();
                await CheckAsync(page, "/reserver for a seat", null);
            }

            if (template == "/hotline")
            {
                await page.GotoAsync("/hotline");
                await page.GetByLabel("Commune, code postal ou département").FillAsync("69120");
                await page.PressButtonAsync("Voir les ateliers");
                await CheckAsync(page, "/hotline/ateliers", null);
            }

            if (template.StartsWith("/creneaux?commune=69256", StringComparison.Ordinal))
            {
                // The form, and the form with its errors.
                await page.Locator("button.time").First.ClickAsync();
                await CheckAsync(page, "/reserver", null);
                await page.PressButtonAsync("Réserver ce rendez-vous");
                (await page.Locator(".errors").CountAsync()).ShouldBe(1);
                await CheckAsync(page, "/reserver with errors", null);
            }
        }

        async Task CheckAsync(IPage page, string name, string? address)
        {
            if (address is not null)
            {
                await page.GotoAsync(address);
            }

            await page.EvaluateAsync("document.querySelectorAll('details').forEach(part => part.open = true)");
            await check(page, name);
        }
    }
}
