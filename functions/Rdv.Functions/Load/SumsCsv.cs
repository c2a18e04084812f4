using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Rdv.Functions.Http;
using Rdv.Load;

namespace Rdv.Functions.Load;

/// <summary>The frozen sums as open data: a line a structure, or a territory, and no total, which a spreadsheet would add up.</summary>
internal static class SumsCsv
{
    public static FileContentHttpResult Of(SumsReport report) => SpreadsheetCsv.Of(
        $"charge-{report.Of?.Code ?? "france"}-{Values.Format(report.From)}-{Values.Format(report.To)}.csv",
        [
            report.Of is null ? "departement" : "structure", "nom", "du", "au", "minutes_offertes", "minutes_libres", "minutes_reservees", "rendez_vous", "venus", "absents", "annules",
            "sans_rendez_vous", "demandes_sans_place", "troisieme_libre_internet_jours", "troisieme_libre_telephone_jours",
        ],
        report.Lines.Zip(report.Disclosed.Lines, (line, counts) => new[] { line.Id, line.Name, Values.Format(report.From), Values.Format(report.To) }.Concat(new[]
        {
            counts.OfferedMinutes, counts.FreeMinutes, counts.BookedMinutes, counts.Booked, counts.Kept, counts.Missed, counts.Cancelled, counts.WalkIns, counts.UnmetDemand,
            line.Third.Web, line.Third.Phone,
        }.Select(number => number?.ToString(CultureInfo.InvariantCulture) ?? ""))));
}
