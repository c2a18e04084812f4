using System.Text;
using System.Text.RegularExpressions;

namespace Rdv.Sms;

/// <summary>Shorter writings of names and addresses, for an SMS.</summary>
internal static class ShortNames
{
    // Abbreviations that people of the country read without thinking; the address ones are those of the post (AFNOR XP Z10-011).
    private static readonly (Regex Long, string Short)[] Abbreviations =
    [
        (Word("communaut[eé] de communes"), "CC"),
        (Word("communaut[eé] d'agglom[eé]ration"), "CA"),
        (Word("centre (inter)?communal d'action sociale"), "CCAS"),
        (Word("syndicat (inter)?communal"), "SI"),
        (Word("commune de"), "Mairie de"),
        (Word("maison france services?"), "France services"),
        (Word("association"), "Assoc."),
        (Word("avenue"), "av."),
        (Word("boulevard"), "bd"),
        (Word("place"), "pl."),
        (Word("route"), "rte"),
        (Word("chemin"), "ch."),
        (Word("all[eé]e"), "all."),
        (Word("impasse"), "imp."),
        (Word("r[eé]sidence"), "rés."),
        (Word("b[aâ]timent"), "bât."),
        (Word("saint"), "St"),
        (Word("sainte"), "Ste"),
    ];

    // A name that ends on one of these reads as if something were missing.
    private static readonly HashSet<string> Dangling = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "à", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "par", "pour", "sous", "sur", "lez", "lès",
        "chez", "&", "-", ":", "/",
    };

    /// <summary>The name with the usual abbreviations; the same when there are none.</summary>
    public static string Abbreviate(string text)
    {
        foreach (var (pattern, replacement) in Abbreviations)
        {
            text = pattern.Replace(text, replacement);
        }

        return Gsm7.ToGsm7(text);
    }

    /// <summary>
    /// The longest beginning of the name that has at most <paramref name="limit"/> septets and ends with a whole word that can end a
    /// name; empty when there is none. The whole name when it is short enough.
    /// </summary>
    public static string Cut(string text, int limit)
    {
        if (Gsm7.Count(text) <= limit)
        {
            return text;
        }

        for (var end = text.Length - 1; end > 0; end--)
        {
            if (text[end] is ' ' or '-' && Gsm7.Count(text[..end]) <= limit && WithoutDangling(text[..end]) is { Length: > 2 } cut)
            {
                return cut;
            }
        }

        return "";
    }

    /// <summary>Whether the words of <paramref name="part"/> are in <paramref name="text"/> already, whatever case, accents and hyphens.</summary>
    public static bool Says(string text, string part) => Fold(text).Contains(Fold(part), StringComparison.Ordinal);

    private static string WithoutDangling(string text)
    {
        while (true)
        {
            var trimmed = text.TrimEnd(' ', '-', ',', ';', ':', '(', '/', '&', '\'', '"', '.');
            var last = trimmed.LastIndexOfAny([' ', '-', '\'']);
            if (last < 0 || !Dangling.Contains(trimmed[(last + 1)..]))
            {
                // An open parenthesis without its end would look like a broken message.
                var open = trimmed.LastIndexOf('(');
                return open >= 0 && trimmed.IndexOf(')', open) < 0 ? WithoutDangling(trimmed[..open]) : trimmed;
            }

            text = trimmed[..last];
        }
    }

    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length + 2).Append(' ');
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(letter))
            {
                folded.Append(char.ToLowerInvariant(letter));
            }
            else if (folded[^1] != ' ' && !char.IsSurrogate(letter)
                && char.GetUnicodeCategory(letter) != System.Globalization.UnicodeCategory.NonSpacingMark)
            {
                folded.Append(' ');
            }
        }

        return folded[^1] == ' ' ? folded.ToString() : folded.Append(' ').ToString();
    }

    private static Regex Word(string pattern) =>
        new($"(?<![\\p{{L}}\\p{{N}}]){pattern}(?![\\p{{L}}\\p{{N}}])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
