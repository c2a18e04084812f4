using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Rdv.Functions.Http;

/// <summary>What a request asks for; tells a person's browser from a program.</summary>
internal static class Asks
{
    private const string Html = "text/html";
    private static readonly PathString[] ForPrograms = ["/api", "/calendars"];

    /// <summary>Whether it only reads: HEAD is GET without a body.</summary>
    public static bool ToRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    /// <summary>Whether a spreadsheet is asked for. A browser that follows a link cannot set Accept: it asks by <c>?format=csv</c>.</summary>
    public static bool ForCsv(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/csv", StringComparison.OrdinalIgnoreCase) || request.Query["format"] == "csv";

    /// <summary>Whether a workbook is asked for, in the same two ways.</summary>
    public static bool ForWorkbook(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("spreadsheetml", StringComparison.OrdinalIgnoreCase) || request.Query["format"] == "xlsx";

    /// <summary>Whether an error should be a page: HTML is asked for by name, and nothing else rather.</summary>
    public static bool ForPage(HttpRequest request)
    {
        if (Array.Exists(ForPrograms, prefix => request.Path.StartsWithSegments(prefix))
            || !MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return false;
        }

        var html = accepted.Where(type => type.MediaType.Equals(Html, StringComparison.OrdinalIgnoreCase)).Select(type => type.Quality ?? 1).DefaultIfEmpty().Max();
        return html > 0 && accepted.All(type => (type.Quality ?? 1) <= html);
    }
}
