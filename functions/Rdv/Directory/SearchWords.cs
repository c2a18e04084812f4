using System.Globalization;
using System.Text;

namespace Rdv.Directory;

/// <summary>A name as words that can be compared: without accents, case, hyphens and apostrophes, <c>3e</c> as <c>3</c>.</summary>
internal static class SearchWords
{
    public static List<string> Of(string text)
    {
        var words = new List<string>();
        foreach (var word in Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            words.Add(word.Length <= 6 && char.IsAsciiDigit(word[0]) ? WithoutOrdinal(word) : word);
        }

        return words;
    }

    /// <summary>
    /// The name of a commune as an address has it: <c>ST</c> is <c>saint</c>, <c>S/</c> is <c>sur</c>, and what follows <c>CEDEX</c> is a
    /// post office, but for the three cities whose arrondissement it says.
    /// </summary>
    public static List<string> OfCommune(string name)
    {
        var words = Of(name);
        var cedex = words.IndexOf("cedex");
        var numbered = words.Count > 0 && words[0] is "paris" or "lyon" or "marseille";
        if (cedex >= 0)
        {
            words.RemoveRange(cedex, words.Count - cedex - (numbered && cedex + 2 == words.Count ? 1 : 0));
        }

        words.RemoveAll(word => word == "arrondissement" || (char.IsAsciiDigit(word[0]) && (!numbered || word.Length > 2)));
        for (var i = 0; i < words.Count; i++)
        {
            words[i] = words[i] switch
            {
                "st" => "saint",
                "ste" => "sainte",
                "s" when i > 0 && i < words.Count - 1 => "sur",
                ['0', var digit] => digit.ToString(),
                var word => word,
            };
        }

        return words;
    }

    private static string Fold(string text) => Ascii.IsValid(text)
        ? string.Create(text.Length, text, static (folded, ascii) =>
        {
            for (var i = 0; i < folded.Length; i++)
            {
                folded[i] = char.IsAsciiLetterOrDigit(ascii[i]) ? char.ToLowerInvariant(ascii[i]) : ' ';
            }
        })
        : FoldAll(text);

    private static string FoldAll(string text)
    {
        var folded = new StringBuilder(text.Length + 4);

        // Runes replace lone surrogates, on which Normalize would throw.
        foreach (var rune in text.EnumerateRunes())
        {
            folded.Append(rune.Value switch
            {
                'œ' or 'Œ' => "oe",
                'æ' or 'Æ' => "ae",
                _ => rune.ToString(),
            });
        }

        var decomposed = folded.ToString().Normalize(NormalizationForm.FormD);
        folded.Clear();
        foreach (var character in decomposed)
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                folded.Append(char.ToLowerInvariant(character));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(' ');
            }
        }

        return folded.ToString();
    }

    private static string WithoutOrdinal(string word)
    {
        var digits = word.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return digits is 1 or 2 && word[digits..] is "e" or "er" or "ere" or "eme" or "nd" or "nde" ? word[..digits] : word;
    }
}
