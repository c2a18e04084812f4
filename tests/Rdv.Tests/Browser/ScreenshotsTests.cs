using Microsoft.Playwright;
using NodaTime;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Browser;

/// <summary>The pictures of docs/screenshots. <c>RDV_WRITE_DOCS=1</c> takes them again; otherwise they are only looked for.</summary>
[Collection(InABrowser.Name)]
public sealed class ScreenshotsTests(BrowserSession session)
{
    private const int MaxBytes = 180_000;

    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "screenshots");

    private static readonly string[] Names =
        ["home", "slots-phone", "details-phone", "confirmation-phone", "hotline", "call-to-make", "advisor-week", "structure-load", "demonstration"];

    [Fact]
    public async Task The_pictures_of_the_pages_are_there_and_small()
    {
        if (Environment.GetEnvironmentVariable("RDV_WRITE_DOCS") == "1")
        {
            await TakeAsync();
        }

        System.IO.Directory.GetFiles(Folder).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)
            .ShouldBe(Names.Order(StringComparer.Ordinal));
        foreach (var name in Names)
        {
            new FileInfo(FileOf(name)).Length.ShouldBeInRange(1_000, MaxBytes, name);
        }
    }

    private static string FileOf(string name) => Path.Combine(Folder, name + ".png");

    private static async Task TakeAsync(IPage page, string name) => await page.ScreenshotAsync(new PageScreenshotOptions { Path = FileOf(name) });

    private async Task TakeAsync()
    {
        System.IO.Directory.CreateDirectory(Folder);
        await using var product = await RunningProduct.StartAsync(TestContext.Current.CancellationToken);
        await CitizenAsync(product);
        await FillWeekAsync(product);
        await StaffAsync(product);
    }

    private async Task CitizenAsync(RunningProduct product)
    {
        var large = await session.OpenAsync(product: product);
        await large.GotoAsync("/");
        await TakeAsync(large, "home");

        var phone = await session.OpenAsync(width: 390, height: 1100, product: product);
        await phone.GotoAsync("/creneaux?commune=69256&sujet=premiers-pas");
        await TakeAsync(phone, "slots-phone");
        await phone.Locator("button.time").First.ClickAsync();
        await phone.GetByLabel("Votre prénom et votre nom").FillAsync("Odette Fictive");
        await phone.PressButtonAsync("Réserver ce rendez-vous");
        await TakeAsync(phone, "details-phone");
        await phone.GetByLabel("Votre numéro de téléphone").FillAsync("06 39 98 12 34");
        await phone.PressButtonAsync("Réserver ce rendez-vous");
        await TakeAsync(phone, "confirmation-phone");
        await product.RunTimerAsync("SendSms");
        await product.RunTimerAsync("SendInvites");
    }

    /// <summary>A week with what a week has: people who came, one who did not, a visit, some hours closed.</summary>
    private static async Task FillWeekAsync(RunningProduct product)
    {
        var first = await product.BookAsync("Ginette Fictive", "06 39 98 10 31", rank: 1);
        var second = await product.BookAsync("Lucien Fictif", "06 39 98 10 32", rank: 3, topic: "courriels", note: "Je viens avec ma tablette.");
        await product.BookAsync("Renée Fictive", "06 39 98 10 33", rank: 8);
        await product.BookAsync("Marcel Fictif", "01 99 00 12 98", rank: 12);
        await product.BookAsync("Yvonne Fictive", "06 39 98 10 35", rank: 14);
        await product.GoToAsync(second.Start.ToInstant() + Duration.FromMinutes(40));
        foreach (var (booked, outcome) in new[] { (first, "kept"), (second, "missed") })
        {
            await product.PostAsync(
                RunningProduct.Advisor, $"/api/advisors/69/aline-exemple/appointments/{booked.Reference}/outcome", new { outcome });
        }

        await product.PostAsync(RunningProduct.Advisor, "/api/advisors/69/aline-exemple/appointments", new { walkIn = true });
    }

    private async Task StaffAsync(RunningProduct product)
    {
        var advisor = await session.OpenAsync(persona: RunningProduct.Advisor, height: 1100, product: product);
        await advisor.GotoAsync("/advisor");
        await TakeAsync(advisor, "advisor-week");

        var structure = await session.OpenAsync(persona: RunningProduct.Structure, product: product);
        await structure.GotoAsync("/structure");
        await TakeAsync(structure, "structure-load");

        var hotline = await session.OpenAsync(persona: RunningProduct.Hotline, product: product);
        await hotline.GotoAsync("/hotline");
        await hotline.GetByLabel("Numéro, nom, référence ou commune").FillAsync("06 39 98 10 33");
        await hotline.PressButtonAsync("Chercher");
        await TakeAsync(hotline, "hotline");

        // The day before Marcel Fictif comes: his number gets no SMS.
        var landline = await product.PostAsync(RunningProduct.Hotline, "/api/hotline/search", new { phone = "01 99 00 12 98" });
        var start = NodaTime.Text.OffsetDateTimePattern.ExtendedIso.Parse(landline.GetProperty("appointments")[0].GetProperty("start").GetString()!).Value;
        await product.GoToAsync(start.ToInstant() - Duration.FromHours(3));
        await hotline.GotoAsync("/hotline/appels");
        await TakeAsync(hotline, "call-to-make");

        var demonstration = await session.OpenAsync(width: 1100, height: 800, product: product);
        await demonstration.GotoAsync("/dev");
        await TakeAsync(demonstration, "demonstration");
    }
}
