using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Rdv.People;

/// <summary>
/// What one person wrote, as far as a message of ours may carry it to another. Anyone may book, and have anyone told as their helper: under
/// our name, an address to follow would be believed.
/// </summary>
/// <remarks>
/// A name that is none is kept, and shown to staff, as it was given: nobody is turned away over a spelling. It is only not sent.
/// Free text is sent, since the advisor needs it, and a shop may well come about its own site; what mail readers and telephones would make a
/// link of is broken by a space, and stays legible. Telephones also underline bare numbers: that cannot be kept from them.
/// </remarks>
public static partial class WordsOfOthers
{
    /// <summary>The name; null when it holds what no name does: a digit, an address, a sign.</summary>
    /// <remarks>
    /// Letters of any script. Commas, brackets and <c>&amp;</c> are how couples and former names are written, and link to nothing. A full stop
    /// stands after an initial or a title.
    /// </remarks>
    public static string? Name(string? name) =>
        name is not null && NameLike().IsMatch(name) && !Scheme().IsMatch(name) && name.EnumerateRunes().Any(Rune.IsLetter) ? name : null;

    /// <summary>A line of which nothing is shown when it holds an address: the title of a workshop in an SMS, where nothing explains it.</summary>
    /// <returns>Null when there is an address in it.</returns>
    public static string? Line(string? line) => line is not null && Text(line) == line ? line : null;

    /// <summary>Free text in which nothing can be followed.</summary>
    public static string? Text(string? text) =>
        text is null ? null : Share().Replace(Dots().Replace(SchemeMark().Replace(text, " : "), "$0 "), "$0 ");

    // Modifier letters: the ʻ of Tahiti, the ʼ of Breton, and the long vowel of Japanese. The joiners belong to letters (PeopleForm keeps them).
    [GeneratedRegex(@"^(?:[\p{Lu}\p{Ll}\p{Lt}\p{Lo}\p{M}ʻʼー\u200c\u200d]|\p{Zs}|['’‘`´‑‐–,()&·-]|(?<=(?<!\p{L})(?:\p{L}|[Mm][Mm]e|[Mm]lle|[Mm]r|[Dd]r|[Pp]r|[Ss]te?|[Mm]e))\.(?=$|[ \u00a0\u202f,)-]|\p{L}\.))+$", RegexOptions.CultureInvariant)]
    private static partial Regex NameLike();

    [GeneratedRegex(@"(?<!\p{L})(?:www|https?)(?!\p{L})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();

    // "https://", and the "mailto:" and "tel:" that need no slashes.
    [GeneratedRegex(@":(?=//)|(?<=(?<!\p{L})(?:mailto|tel|sms|callto|file)):(?=\S)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SchemeMark();

    // A full stop inside of a word, or what a browser reads as one (UTS #46). No top-level domain begins with a digit: numbers stay.
    [GeneratedRegex(@"(?<=\S)[.。．｡](?=[\p{L}\p{M}])", RegexOptions.CultureInvariant)]
    private static partial Regex Dots();

    // A share of Windows: Outlook opens \\server\file.
    [GeneratedRegex(@"\\(?=\\)", RegexOptions.CultureInvariant)]
    private static partial Regex Share();
}
