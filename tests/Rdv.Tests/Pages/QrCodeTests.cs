using System.Globalization;
using System.Text.RegularExpressions;
using Rdv.Pages.Shared;
using Shouldly;
using Xunit;
using ZXing;
using ZXing.Common;
using ZXing.QrCode;

namespace Rdv.Tests.Pages;

/// <summary>What a telephone reads of the drawing is the address.</summary>
public sealed partial class QrCodeTests
{
    private const int PixelsAModule = 6;

    [Theory]
    [InlineData("https://rdv.example.fr/chez/69/mediatheque-des-cerisiers", 0)]
    [InlineData("https://rdv.example.fr/chez/974/tiers-lieu-de-la-tres-longue-rue-du-general-de-gaulle-et-de-la-republique", 0)]
    [InlineData("https://rdv.example.fr/chez/69/mediatheque-des-cerisiers", 0.05)]
    public void It_is_read_even_where_it_is_worn(string address, double worn)
    {
        var code = QrCode.Of(address);
        var side = code.Size * PixelsAModule;
        var light = Enumerable.Repeat((byte)255, side * side).ToArray();
        foreach (Match run in Runs().Matches(code.Path))
        {
            var (start, row, length) = (Number(run, 1), Number(run, 2), Number(run, 3));
            for (var y = row * PixelsAModule; y < (row + 1) * PixelsAModule; y++)
            {
                Array.Fill(light, (byte)0, (y * side) + (start * PixelsAModule), length * PixelsAModule);
            }
        }

        // In the middle, where there is no mark that a reader needs to find the code.
        var hole = (int)(side * Math.Sqrt(worn));
        for (var y = (side - hole) / 2; y < (side + hole) / 2; y++)
        {
            Array.Fill(light, (byte)255, (y * side) + ((side - hole) / 2), hole);
        }

        var read = new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(light, side, side, RGBLuminanceSource.BitmapFormat.Gray8))));
        read.ShouldNotBeNull().Text.ShouldBe(address);
    }

    private static int Number(Match run, int group) => int.Parse(run.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"M(\d+) (\d+)h(\d+)v1h-\d+z")]
    private static partial Regex Runs();
}
