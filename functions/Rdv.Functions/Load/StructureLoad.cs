using System.Globalization;
using CsvHelper;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;
using Rdv.Load;
using Rdv.Territories;

namespace Rdv.Functions.Load;

/// <summary>The load of a structure: JSON for programs, CSV for a spreadsheet.</summary>
public sealed class StructureLoad(ReadLoad readLoad, StaffOnly staff)
{
    [Function("StructureLoad")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/structures/{territory}/{id}/load")] HttpRequest request,
        string territory,
        string id,
        CancellationToken cancellationToken)
    {
        if (!Territory.TryParse(territory, out var parsed) || !DirectoryIds.IsValid(id))
        {
            return Task.FromResult<IResult>(Problems.NotFound());
        }

        var structure = new StructureId(id);
        return staff.RunAsync(request, member => member.MayReadStructure(parsed, structure), async _ =>
        {
            var errors = new FieldErrors();
            var (from, to) = (Values.Day(request, "from", errors), Values.Day(request, "to", errors));
            if (errors.Any)
            {
                return Problems.Invalid(errors);
            }

            return await readLoad.ExecuteAsync(parsed, structure, from, to, cancellationToken) switch
            {
                LoadOutcome.Found { Report: var report } when Asks.ForCsv(request) => Csv(report),
                LoadOutcome.Found { Report: var report } => Json.Ok(View(report)),
                LoadOutcome.NotFound => Problems.NotFound(),
                LoadOutcome.Invalid invalid => Problems.Invalid(invalid.Errors),
                _ => throw new InvalidOperationException("An outcome without an answer."),
            };
        }, cancellationToken);
    }

    private static object View(LoadReport report) => new
    {
        StructureId = report.Structure.Id.Value,
        From = Values.Format(report.From),
        To = Values.Format(report.To),
        Totals = View(report.Totals),
        Advisors = report.Advisors.Select(advisor => new
        {
            AdvisorId = advisor.AdvisorId.Value,
            advisor.DisplayName,
            Totals = View(advisor.Totals),
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

    private static object View(LoadCounts counts) => new
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

    /// <summary>One line an advisor and day. French spreadsheets expect semicolons, and a BOM to read the accents.</summary>
    private static FileContentHttpResult Csv(LoadReport report)
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
