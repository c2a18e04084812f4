using NodaTime.Text;
using Rdv.Directory;
using Rdv.Language;
using Rdv.Waiting;

namespace Rdv.Pages.Hotline;

public sealed record DemandRow(string Week, string Where, string Topic, int Count);

/// <summary>What could not be met, the latest week first.</summary>
/// <param name="InTrouble">What cannot be shown; null when all is.</param>
public sealed record DemandView(string Period, string Csv, IReadOnlyList<DemandRow> Rows, string? InTrouble = null)
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
                count.Count))],
        counted.InTrouble.Count == 0 ? null : $"Des demandes manquent ici\u00a0: celles de {counted.InTrouble.Codes()} ne se lisent pas pour le moment. Rechargez la page dans une minute.");
}
