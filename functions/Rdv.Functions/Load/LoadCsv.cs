using System.Globalization;
using CsvHelper;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Rdv.Functions.Http;
using Rdv.Load;

namespace Rdv.Functions.Load;

/// <summary>The load of a structure for a spreadsheet.</summary>
internal static class LoadCsv
{
    /// <summary>One line an advisor and day. French spreadsheets expect semicolons, and a BOM to read the accents.</summary>
    public static FileContentHttpResult Of(LoadReport report)
    {
        using var bytes = new MemoryStream();

        // A name that begins like a formula would run in a spreadsheet (OWASP, CSV injection): escaped.
        var options = new CsvWriterOptions { Separator = ';', WriteByteOrderMark = true, Injection = CsvInjection.Escape };
        using (var csv = CsvWriter.Create(bytes, options, leaveOpen: true))
        {
            csv.WriteHeader(
                ["conseiller", "nom", "jour", "minutes_offertes", "minutes_reservees", "rendez_vous", "venus", "absents", "annules", "sans_rendez_vous"]);
            foreach (var advisor in report.Advisors)
            {
                foreach (var day in advisor.Days)
                {
                    csv.WriteField(advisor.AdvisorId.Value);
                    csv.WriteField(advisor.DisplayName);
                    csv.WriteField(Values.Format(day.Date));
                    int[] counts =
                    [
                        day.Counts.OfferedMinutes, day.Counts.BookedMinutes, day.Counts.Booked, day.Counts.Kept, day.Counts.Missed, day.Counts.Cancelled,
                        day.Counts.WalkIns,
                    ];
                    foreach (var count in counts)
                    {
                        csv.WriteField(count.ToString(CultureInfo.InvariantCulture));
                    }

                    csv.EndRecord();
                }
            }
        }

        return TypedResults.File(
            bytes.ToArray(), "text/csv; charset=utf-8", $"charge-{report.Structure.Id}-{Values.Format(report.From)}-{Values.Format(report.To)}.csv");
    }
}
