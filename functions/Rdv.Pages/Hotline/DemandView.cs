using NodaTime.Text;
using Rdv.Directory;
using Rdv.Language;
using Rdv.Waiting;

namespace Rdv.Pages.Hotline;

public sealed record DemandRow(string Week, string Where, string Topic, int Count);

/// <summary>What could not be met, the latest week first.</summary>
public sealed record DemandView(string Period, string Csv, IReadOnlyList<DemandRow> Rows)
{
    public static DemandView Of(UnmetDemand counted) => new(
        $"Du {FrenchDates.DateWithYear(counted.From)} au {FrenchDates.DateWithYear(counted.To)}",
        $"/api/admin/demand?format=csv&from={LocalDatePattern.Iso.Format(counted.From)}&to={LocalDatePattern.Iso.Format(counted.To)}",
        [.. counted.Counts
            .GroupBy(count => count.Week)
            .Reverse()
            .SelectMany(week => week)
            .Select(count => new DemandRow(
                // 2026-W48
                $"{count.Week[6..].TrimStart('0')} ({count.Week[..4]})",
                count.Commune is null ? $"Département {count.Territory}" : $"{count.Commune} ({count.Territory})",
                Topics.Find(count.Topic)?.Label ?? count.Topic,
                count.Count))]);
}
