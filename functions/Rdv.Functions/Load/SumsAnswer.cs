using Rdv.Functions.Http;
using Rdv.Load;

namespace Rdv.Functions.Load;

/// <summary>The frozen sums for programs.</summary>
internal static class SumsAnswer
{
    public static object Of(SumsReport report)
    {
        var (whole, lines) = report.Disclosed;
        var (from, to, through) = (Values.Format(report.From), Values.Format(report.To), report.Through is { } day ? Values.Format(day) : null);
        return report.Of is { } territory
            ? new
            {
                Territory = territory.Code,
                From = from,
                To = to,
                Through = through,
                Totals = Of(whole),
                ThirdNextAvailable = report.Whole.Third,
                Structures = report.Lines.Zip(lines, (line, counts) => new { StructureId = line.Id, line.Name, Totals = Of(counts), ThirdNextAvailable = line.Third }),
            }
            : new
            {
                From = from,
                To = to,
                Through = through,
                Totals = Of(whole),
                ThirdNextAvailable = report.Whole.Third,
                Territories = report.Lines.Zip(lines, (line, counts) => new { Territory = line.Id, line.Name, Totals = Of(counts), ThirdNextAvailable = line.Third }),
            };
    }

    private static object Of(Disclosed counts) => new
    {
        counts.OfferedMinutes,
        counts.FreeMinutes,
        counts.BookedMinutes,
        counts.Booked,
        counts.Kept,
        counts.Missed,
        counts.Cancelled,
        counts.WalkIns,
        counts.UnmetDemand,
        counts.Occupancy,
    };
}
