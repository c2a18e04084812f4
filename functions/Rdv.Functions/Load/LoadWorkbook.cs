using Microsoft.AspNetCore.Http;
using NodaTime;
using Rdv.Functions.Http;
using Rdv.Load;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace Rdv.Functions.Load;

/// <summary>The load as a workbook (Office Open XML, ISO/IEC 29500): days are dates, figures numbers, shares percentages. A text is never a formula.</summary>
internal sealed class LoadWorkbook(string name, IReadOnlyList<LoadWorkbook.Sheet> sheets) : IResult
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly string[] Counts =
        ["Heures offertes", "Heures libres", "Heures réservées", "Occupation", "Rendez-vous", "Venus", "Absents", "Annulés", "Sans rendez-vous"];

    /// <param name="Head">Null for a cell that is empty.</param>
    internal sealed record Sheet(string Name, IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<object?>> Rows);

    /// <summary>A share from 0 to 1.</summary>
    private readonly record struct Share(double Value);

    public static LoadWorkbook Of(LoadReport report) => new(
        $"charge-{report.Structure.Id}-{Values.Format(report.From)}-{Values.Format(report.To)}.xlsx",
        [
            new Sheet("Par conseiller", ["Conseiller", .. Counts], [.. report.Advisors.Select(advisor => Row([advisor.DisplayName], Disclosed.All(advisor.Totals)))]),
            new Sheet(
                "Par jour",
                ["Jour", "Conseiller", .. Counts],
                [.. report.Advisors.SelectMany(advisor => advisor.Days, (advisor, day) => (advisor, day)).OrderBy(one => one.day.Date)
                    .Select(one => Row([one.day.Date, one.advisor.DisplayName], Disclosed.All(one.day.Counts)))]),
        ]);

    public static LoadWorkbook Of(SumsReport report) => new(
        $"charge-{report.Of?.Code ?? "france"}-{Values.Format(report.From)}-{Values.Format(report.To)}.xlsx",
        [
            new Sheet(
                report.Of is null ? "Par département" : "Par structure",
                [report.Of is null ? "Département" : "Structure", "Nom", "Du", "Au", .. Counts, "Demandes sans place", "Troisième libre sur Internet (jours)", "Troisième libre par téléphone (jours)"],
                [.. report.Lines.Zip(report.Disclosed.Lines, (line, counts) =>
                    Row([line.Id, line.Name, report.From, report.To], counts, counts.UnmetDemand, line.Third.Web, line.Third.Phone))]),
        ]);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = MediaType;
        response.Headers.ContentDisposition = $"attachment; filename={name}";

        // Whole first: an answer that breaks off is no workbook, and nobody would see it.
        using var bytes = new MemoryStream();
        await WriteAsync(bytes, httpContext.RequestAborted);
        response.ContentLength = bytes.Length;
        bytes.Position = 0;
        await bytes.CopyToAsync(response.Body, httpContext.RequestAborted);
    }

    private async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        await using var workbook = await Spreadsheet.CreateNewAsync(stream, cancellationToken: cancellationToken);
        var (bold, date, percent, hours) = (
            workbook.AddStyle(new Style { Font = { Bold = true } }),
            workbook.AddStyle(new Style { Format = NumberFormat.Custom("yyyy\\-mm\\-dd") }),
            workbook.AddStyle(new Style { Format = NumberFormat.Custom("0 %") }),
            workbook.AddStyle(new Style { Format = NumberFormat.Custom("0.00") }));
        foreach (var sheet in sheets)
        {
            await workbook.StartWorksheetAsync(sheet.Name, new WorksheetOptions { FrozenRows = 1, DefaultColumnWidth = 16 }, cancellationToken);
            await workbook.AddHeaderRowAsync([.. sheet.Head], bold, cancellationToken);
            foreach (var row in sheet.Rows)
            {
                await workbook.AddRowAsync([.. row.Select(Cell)], cancellationToken);
            }
        }

        await workbook.FinishAsync(cancellationToken);

        Cell Cell(object? value) => value switch
        {
            LocalDate day => new Cell(day.ToDateTimeUnspecified(), date),
            Share share => new Cell(share.Value, percent),
            double number => new Cell(number, hours),
            int number => new Cell(number),
            string text => new Cell(text),
            _ => default,
        };
    }

    private static IReadOnlyList<object?> Row(IEnumerable<object?> who, Disclosed counts, params IEnumerable<object?> more) =>
    [
        .. who, counts.OfferedMinutes / 60.0, counts.FreeMinutes / 60.0, counts.BookedMinutes / 60.0, counts.Occupancy is { } share ? new Share(share) : null,
        counts.Booked, counts.Kept, counts.Missed, counts.Cancelled, counts.WalkIns, .. more,
    ];
}
