using System.Text;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Browser;

/// <summary>What leaves a printer: counted in the file that a browser prints to.</summary>
[Collection(InABrowser.Name)]
public sealed partial class PaperTests(BrowserSession session)
{
    [Theory]
    [InlineData("Aline", false)]
    [InlineData("Marie-Antoinette de La Tour du Pin Chambly de La Charce", true)]
    public async Task The_card_of_an_appointment_is_one_half_sheet(string name, bool byHotline)
    {
        await (await session.OpenAsync()).CloseAsync();
        var booked = await session.Product.BookAsync(name, byHotline ? "06 39 98 72 01" : "06 39 98 72 02", rank: 11, topic: "smartphone");
        var page = await session.OpenAsync(persona: byHotline ? RunningProduct.Hotline : null);
        await page.GotoAsync((byHotline ? $"/hotline/rendez-vous/{booked.Reference}" : booked.Address) + "/carte");
        (await page.TextAsync(".a5")).ShouldContain("Médiathèque");

        var file = Encoding.Latin1.GetString(await page.PdfAsync(new() { PreferCSSPageSize = true }));
        PagePattern().Count(file).ShouldBe(1);

        // 148 × 210 mm, in points.
        var size = BoxPattern().Match(file);
        Math.Round(double.Parse(size.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ShouldBeInRange(419, 420);
        Math.Round(double.Parse(size.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture)).ShouldBeInRange(595, 596);
    }

    [Fact]
    public async Task The_poster_of_a_place_is_one_sheet()
    {
        var page = await session.OpenAsync();
        await page.GotoAsync("/chez/69/mediatheque-des-cerisiers/affiche");
        (await page.TextAsync(".a4")).ShouldContain("mardi");
        await ShouldBeOneSheetAsync(page);
    }

    [Fact]
    public async Task A_letter_is_one_sheet_with_the_address_where_the_window_is_and_keeps_no_address()
    {
        await (await session.OpenAsync()).CloseAsync();
        var booked = await session.Product.BookAsync("Lucette Postale", "01 99 00 55 01", rank: 12, topic: "smartphone");
        var page = await session.OpenAsync(persona: RunningProduct.Hotline);
        await page.GotoAsync($"/hotline/rendez-vous/{booked.Reference}/lettre");
        await page.FillAsync("textarea", "Lucette Postale\n3 impasse des Roses\n69120 VAULX-EN-VELIN");
        await page.ClickAsync("text=Voir la lettre");
        (await page.TextAsync(".letter")).ShouldContain("3 impasse des Roses");
        await page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });

        // The sheet has margins of 20 mm: 90 mm and 25 mm from them.
        const double Millimetre = 96 / 25.4;
        var sheet = (await page.Locator(".letter").BoundingBoxAsync())!;
        var to = (await page.Locator(".letter .to").BoundingBoxAsync())!;
        ((to.X - sheet.X) / Millimetre).ShouldBeInRange(89, 91);
        ((to.Y - sheet.Y) / Millimetre).ShouldBeInRange(24, 26);
        (to.Height / Millimetre).ShouldBeLessThan(40, "the window");
        await ShouldBeOneSheetAsync(page);
        await page.GotoAsync($"/hotline/rendez-vous/{booked.Reference}");
        (await page.ContentAsync()).ShouldNotContain("impasse des Roses");
    }

    /// <summary>210 × 297 mm, in points.</summary>
    private static async Task ShouldBeOneSheetAsync(Microsoft.Playwright.IPage page)
    {
        var file = Encoding.Latin1.GetString(await page.PdfAsync(new() { PreferCSSPageSize = true }));
        PagePattern().Count(file).ShouldBe(1);
        var size = BoxPattern().Match(file);
        Math.Round(double.Parse(size.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ShouldBeInRange(595, 596);
        Math.Round(double.Parse(size.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture)).ShouldBeInRange(841, 842);
    }

    [GeneratedRegex(@"/Type\s*/Page[^s]")]
    private static partial Regex PagePattern();

    [GeneratedRegex(@"/MediaBox\s*\[\s*0 0 ([0-9.]+) ([0-9.]+)\s*\]")]
    private static partial Regex BoxPattern();
}
