using System.Globalization;
using System.Text;
using Rdv.Benchmarks.Measuring;

namespace Rdv.Benchmarks.Floor;

/// <summary>A bar for each case: our rate as a share of the floor, and a dot for each round.</summary>
internal static class FloorPlot
{
    private const int Left = 300;
    private const int Scale = 420;
    private const int RowHeight = 30;
    private const int Top = 64;
    private const double End = 1.2;

    public static string Draw(IReadOnlyList<Comparison> comparisons, double target)
    {
        var bottom = Top + (comparisons.Count * RowHeight);
        var svg = new StringBuilder();
        svg.AppendLine(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 {bottom + 56}" width="1000" height="{bottom + 56}" font-family="sans-serif" font-size="13" fill="#1b1b2f">
            <rect width="100%" height="100%" fill="#fff"/>
            <text x="20" y="28" font-size="16" font-weight="bold">Rate of the use cases, as a share of the bare storage calls of the same sizes</text>
            <text x="20" y="48" fill="#555">Bar: median of the rounds; dots: the rounds. Dashed: the target, {target:F1}.</text>
            """);
        for (var tick = 0; tick <= 6; tick++)
        {
            var x = X(tick * 0.2);
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<line x1="{x:F0}" y1="{Top}" x2="{x:F0}" y2="{bottom}" stroke="#e4e4ec"/><text x="{x:F0}" y="{bottom + 18}" text-anchor="middle" fill="#555">{tick * 0.2:F1}</text>""");
        }

        for (var row = 0; row < comparisons.Count; row++)
        {
            var comparison = comparisons[row];
            var y = Top + (row * RowHeight);
            var clients = comparison.Clients == 1 ? "1 client" : $"{comparison.Clients} clients";
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{Left - 10}" y="{y + 20}" text-anchor="end">{comparison.Name}, {clients}</text>""");
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<rect x="{Left}" y="{y + 6}" width="{X(comparison.Ratio) - Left:F1}" height="{RowHeight - 12}" fill="{(comparison.Clients == 1 ? "#3a6ea5" : "#8fb3d9")}"/>""");
            foreach (var ratio in comparison.Ratios)
            {
                svg.AppendLine(CultureInfo.InvariantCulture, $"""<circle cx="{X(ratio):F1}" cy="{y + (RowHeight / 2)}" r="2.5" fill="#1b1b2f" fill-opacity="0.6"/>""");
            }

            svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{X(End) + 14:F0}" y="{y + 20}">{comparison.Ratio:F2}: {comparison.Ours:F0} /s of {comparison.Floor:F0} /s</text>""");
        }

        svg.AppendLine(CultureInfo.InvariantCulture, $"""
            <line x1="{X(target):F0}" y1="{Top - 4}" x2="{X(target):F0}" y2="{bottom}" stroke="#b3261e" stroke-width="1.5" stroke-dasharray="5 4"/>
            <text x="{Left}" y="{bottom + 42}" fill="#555">our rate / rate of the bare calls</text>
            </svg>
            """);
        return svg.ToString();
    }

    private static double X(double ratio) => Left + (Math.Min(ratio, End) * Scale);
}
