using System.Text;

namespace Rdv.Invites;

/// <summary>Text as an iCalendar value may carry it.</summary>
internal static class CalendarText
{
    /// <summary>
    /// Without control characters (RFC 5545, 3.1), noncharacters, and what lies outside the basic plane: Ical.Net folds lines between
    /// the two halves of such a letter (measured with 5.2.4), and the reader gets none of them. Line breaks stay, as <c>\n</c>.
    /// </summary>
    public static string Clean(string? text)
    {
        var clean = new StringBuilder(text?.Length ?? 0);
        foreach (var letter in (text ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'))
        {
            if (letter == '\t')
            {
                clean.Append(' ');
            }
            else if (letter == '\n' || !(char.IsControl(letter) || char.IsSurrogate(letter) || letter is '\uFFFE' or '\uFFFF'))
            {
                clean.Append(letter);
            }
        }

        return clean.ToString().Trim();
    }

    /// <summary>On one line.</summary>
    public static string Line(string? text) => Clean(text).Replace('\n', ' ');

    /// <summary>On one line, which keeps the spaces that it begins with.</summary>
    public static string KeepIndent(string text) => text[..(text.Length - text.TrimStart(' ').Length)] + Line(text);

    /// <summary>For a parameter such as CN, where a quotation mark cannot be written at all (RFC 5545, 3.2).</summary>
    public static string Parameter(string? text) => Line(text).Replace('"', '\'');
}
