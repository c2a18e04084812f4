using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Rdv.Functions.Http;
using Rdv.Load;

namespace Rdv.Functions.Load;

/// <summary>The load of a structure for a spreadsheet: a line an advisor and day.</summary>
internal static class LoadCsv
{
    public static FileContentHttpResult Of(LoadReport report) => SpreadsheetCsv.Of(
        $"charge-{report.Structure.Id}-{Values.Format(report.From)}-{Values.Format(report.To)}.csv",
        ["conseiller", "nom", "jour", "minutes_offertes", "minutes_reservees", "rendez_vous", "venus", "absents", "annules", "sans_rendez_vous"],
        from advisor in report.Advisors
        from day in advisor.Days
        select new[] { advisor.AdvisorId.Value, advisor.DisplayName, Values.Format(day.Date) }.Concat(Numbers(day.Counts)));

    private static IEnumerable<string> Numbers(LoadCounts counts) =>
        new[] { counts.OfferedMinutes, counts.BookedMinutes, counts.Booked, counts.Kept, counts.Missed, counts.Cancelled, counts.WalkIns }
            .Select(count => count.ToString(CultureInfo.InvariantCulture));
}
