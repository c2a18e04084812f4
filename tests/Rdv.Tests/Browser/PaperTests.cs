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

    [GeneratedRegex(@"/Type\s*/Page[^s]")]
    private static partial Regex PagePattern();

    [GeneratedRegex(@"/MediaBox\s*\[\s*0 0 ([0-9.]+) ([0-9.]+)\s*\]")]
    private static partial Regex BoxPattern();
}
