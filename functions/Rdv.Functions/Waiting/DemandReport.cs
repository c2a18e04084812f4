using System.Globalization;
using CsvHelper;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using Rdv.Functions.Http;
using Rdv.Functions.Staff;
using Rdv.Waiting;

namespace Rdv.Functions.Waiting;

/// <summary>Unmet demand by week, commune and topic: JSON for programs, CSV for a spreadsheet.</summary>
public sealed class DemandReport(CountDemand count, StaffOnly staff)
{
    [Function("UnmetDemand")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/admin/demand")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, member => member.MayUseHotline, async _ =>
        {
            var errors = new FieldErrors();
            var (from, to, territory) = (Values.Day(request, "from", errors), Values.Day(request, "to", errors), Fields.Territory(request, errors));
            return errors.Any
                ? Problems.Invalid(errors)
                : (await count.ExecuteAsync(territory, from, to, cancellationToken)).ToHttp(demand => Answer(request, demand));
        }, cancellationToken);

    /// <summary>A figure that lacks a département would be read as whole: it is told when all can be read. One département may be asked for by itself.</summary>
    private static IResult Answer(HttpRequest request, UnmetDemand demand) =>
        demand.InTrouble.Count > 0 ? Problems.Busy() : Asks.ForCsv(request) ? Csv(demand) : Json.Ok(demand.Counts.Select(View));

    private static object View(DemandCount one) => new
    {
        one.Week,
        Territory = one.Territory.Code,
        one.Insee,
        one.Commune,
        one.Topic,
        one.Count,
    };

    private static FileContentHttpResult Csv(UnmetDemand demand)
    {
        using var bytes = new MemoryStream();

        // As for the load of a structure: semicolons and a BOM for French spreadsheets, no formula that runs.
        var options = new CsvWriterOptions { Separator = ';', WriteByteOrderMark = true, Injection = CsvInjection.Escape };
        using (var csv = CsvWriter.Create(bytes, options, leaveOpen: true))
        {
            csv.WriteHeader(["semaine", "departement", "code_insee", "commune", "sujet", "demandes"]);
            foreach (var one in demand.Counts)
            {
                csv.WriteField(one.Week);
                csv.WriteField(one.Territory.Code);
                csv.WriteField(one.Insee ?? "");
                csv.WriteField(one.Commune ?? "");
                csv.WriteField(one.Topic);
                csv.WriteField(one.Count.ToString(CultureInfo.InvariantCulture));
                csv.EndRecord();
            }
        }

        return TypedResults.File(
            bytes.ToArray(), "text/csv; charset=utf-8", $"demandes-sans-reponse-{Values.Format(demand.From)}-{Values.Format(demand.To)}.csv");
    }
}
