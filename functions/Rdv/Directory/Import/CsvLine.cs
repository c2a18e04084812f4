using System.Net;
using System.Text;

namespace Rdv.Directory.Import;

/// <summary>One record of a file.</summary>
/// <param name="number">The line of the file on which it starts.</param>
internal sealed class CsvLine(int number, CsvFile file, string[] fields)
{
    public int Number => number;

    public bool IsRefused { get; set; }

    public int FieldCount => fields.Length;

    /// <summary>The text of a column, with single spaces, no control character, and HTML entities decoded; null when empty or when there is no such column.</summary>
    public string? this[string column] => file.IndexOf(column) is { } index && index < fields.Length ? Tidy(fields[index]) : null;

    /// <summary>The non-empty cells of the columns that are not named, by column, as they came.</summary>
    public IEnumerable<KeyValuePair<string, string>> Except(IReadOnlySet<string> columns)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (i < file.Columns.Count && !columns.Contains(file.Columns[i]) && fields[i].Trim() is { Length: > 0 } text)
            {
                yield return new(file.Columns[i], text);
            }
        }
    }

    /// <summary>Whether something stands beyond the last column of the header.</summary>
    public bool HasMoreThan(int columns) => fields.Skip(columns).Any(field => !string.IsNullOrWhiteSpace(field));

    private static string? Tidy(string text)
    {
        // Published files hold "L&#039;Atelier", and "L&amp;#039;Atelier" where a portal has encoded it once more.
        for (var times = 0; times < 2 && text.Contains('&', StringComparison.Ordinal); times++)
        {
            text = WebUtility.HtmlDecode(text);
        }

        var tidy = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character) && !char.IsControl(character))
            {
                tidy.Append(character);
            }
            else if (tidy.Length > 0 && tidy[^1] != ' ')
            {
                tidy.Append(' ');
            }
        }

        return tidy.ToString().TrimEnd() is { Length: > 0 } kept ? kept : null;
    }
}
