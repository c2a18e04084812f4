using CsvHelper;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Rdv.Functions.Load;

/// <summary>
/// A table for a French spreadsheet: semicolons, a BOM to read the accents by, and no text that begins like a formula, which would run there (OWASP, CSV
/// injection).
/// </summary>
internal static class SpreadsheetCsv
{
    /// <param name="name">Of the file.</param>
    public static FileContentHttpResult Of(string name, IEnumerable<string> columns, IEnumerable<IEnumerable<string>> lines)
    {
        using var bytes = new MemoryStream();
        var options = new CsvWriterOptions { Separator = ';', WriteByteOrderMark = true, Injection = CsvInjection.Escape };
        using (var csv = CsvWriter.Create(bytes, options, leaveOpen: true))
        {
            csv.WriteHeader([.. columns]);
            foreach (var line in lines)
            {
                foreach (var field in line)
                {
                    csv.WriteField(field);
                }

                csv.EndRecord();
            }
        }

        return TypedResults.File(bytes.ToArray(), "text/csv; charset=utf-8", name);
    }
}
