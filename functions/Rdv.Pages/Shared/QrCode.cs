using System.Globalization;
using System.Text;
using QRCoder;

namespace Rdv.Pages.Shared;

/// <summary>An address that a telephone reads from paper (ISO/IEC 18004), as the path of an SVG drawing.</summary>
/// <param name="Size">Modules a side, with the quiet zone of 4 around.</param>
/// <param name="Path">One square of 1 for each dark module.</param>
public sealed record QrCode(int Size, string Path)
{
    public static QrCode Of(string address)
    {
        // Paper on a door fades and folds: a quarter of it may be lost.
        using var code = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.Q);
        var path = new StringBuilder();
        for (var row = 0; row < code.ModuleMatrix.Count; row++)
        {
            var modules = code.ModuleMatrix[row];
            for (var start = 0; start < modules.Count; start++)
            {
                var end = start;
                while (end < modules.Count && modules[end])
                {
                    end++;
                }

                if (end > start)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{start} {row}h{end - start}v1h-{end - start}z");
                    start = end;
                }
            }
        }

        return new QrCode(code.ModuleMatrix.Count, path.ToString());
    }
}
