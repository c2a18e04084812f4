using Rdv.Functions.Http;
using Rdv.Load;

namespace Rdv.Functions.Load;

/// <summary>The load of a structure for programs.</summary>
internal static class LoadAnswer
{
    public static object Of(LoadReport report) => new
    {
        StructureId = report.Structure.Id.Value,
        From = Values.Format(report.From),
        To = Values.Format(report.To),
        Totals = Of(report.Totals),
        report.ThirdNextAvailable,
        Advisors = report.Advisors.Select(advisor => new
        {
            AdvisorId = advisor.AdvisorId.Value,
            advisor.DisplayName,
            Totals = Of(advisor.Totals),
            Days = advisor.Days.Select(day => new
            {
                Date = Values.Format(day.Date),
                day.Counts.OfferedMinutes,
                day.Counts.BookedMinutes,
                day.Counts.Booked,
                day.Counts.Kept,
                day.Counts.Missed,
                day.Counts.Cancelled,
                day.Counts.WalkIns,
            }),
        }),
    };

    private static object Of(LoadCounts counts) => new
    {
        counts.OfferedMinutes,
        counts.BookedMinutes,
        counts.Booked,
        counts.Kept,
        counts.Missed,
        counts.Cancelled,
        counts.WalkIns,
        counts.Occupancy,
    };
}
