using System.Globalization;
using CsvHelper;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Rdv.Functions.Http;
using Rdv.Load;

namespace Rdv.Functions.Load;

/// <summary>The frozen sums as open data: a line a structure, or a territory, and no total, which a spreadsheet would add up.</summary>
internal static class SumsCsv
{
    public static FileContentHttpResult Of(SumsReport report)
    {
        using var bytes = new MemoryStream();

        // As for the load of a structure: semicolons and a BOM for French spreadsheets, no formula that runs.
        var options = new CsvWriterOptions { Separator = ';', WriteByteOrderMark = true, Injection = CsvInjection.Escape };
        using (var csv = CsvWriter.Create(bytes, options, leaveOpen: true))
        {
            csv.WriteHeader(
            [
                report.Of is null ? "departement" : "structure", "nom", "du", "au", "minutes_offertes", "minutes_libres", "minutes_reservees", "rendez_vous", "venus", "absents", "annules",
                "sans_rendez_vous", "demandes_sans_place", "troisieme_libre_internet_jours", "troisieme_libre_telephone_jours",
            ]);
            foreach (var (line, counts) in report.Lines.Zip(report.Disclosed.Lines))
            {
                foreach (var text in new[] { line.Id, line.Name, Values.Format(report.From), Values.Format(report.To) })
                {
                    csv.WriteField(text);
                }

                int?[] numbers =
                [
                    counts.OfferedMinutes, counts.FreeMinutes, counts.BookedMinutes, counts.Booked, counts.Kept, counts.Missed, counts.Cancelled, counts.WalkIns, counts.UnmetDemand,
                    line.Third.Web, line.Third.Phone,
                ];
                foreach (var number in numbers)
                {
                    csv.WriteField(number?.ToString(CultureInfo.InvariantCulture) ?? "");
                }

                csv.EndRecord();
            }
        }

        return TypedResults.File(
            bytes.ToArray(), "text/csv; charset=utf-8", $"charge-{report.Of?.Code ?? "france"}-{Values.Format(report.From)}-{Values.Format(report.To)}.csv");
    }
}
