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

    private static string Fold(string text)
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
