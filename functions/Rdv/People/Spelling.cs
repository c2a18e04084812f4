using System.Globalization;
using System.Text;

namespace Rdv.People;

/// <summary>Compares names as they are said: case, accents, apostrophes, hyphens, spaces and the order of the words do not matter.</summary>
public static class Spelling
{
    private static readonly HashSet<string> Titles = ["m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle"];

    // Shorter ones are inside of too many names.
    private const int MinInside = 4;

    /// <summary>Whether both are the same words, in any order.</summary>
    public static bool Same(string one, string other) => Words(one).Order().SequenceEqual(Words(other).Order());

    /// <summary>
    /// Whether a caller who says <paramref name="asked"/> may be called <paramref name="name"/>: each word begins one of the name, or is in it when
    /// it is written in one piece (<c>dornano</c>, <c>jeanpierre</c>, <c>le guen</c> for Leguen).
    /// </summary>
    /// <returns>False when nothing is asked.</returns>
    public static bool Matches(string name, string asked)
    {
        var (words, wanted) = (Words(name), Words(asked));
        var inOnePiece = string.Concat(words);
        return wanted.Count > 0
            && (wanted.TrueForAll(want => words.Exists(word => word.StartsWith(want, StringComparison.Ordinal))
                    || (want.Length >= MinInside && inOnePiece.Contains(want, StringComparison.Ordinal)))
                || inOnePiece.Contains(string.Concat(wanted), StringComparison.Ordinal));
    }

    private static List<string> Words(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var letter in name.Normalize(NormalizationForm.FormKD).ToLowerInvariant())
        {
            switch (letter)
            {
                case 'œ':
                    folded.Append("oe");
                    break;
                case 'æ':
                    folded.Append("ae");
                    break;
                default:
                    if (CharUnicodeInfo.GetUnicodeCategory(letter) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format))
                    {
                        folded.Append(char.IsLetterOrDigit(letter) || char.IsSurrogate(letter) ? letter : ' ');
                    }

                    break;
            }
        }

        var words = folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word switch { "st" => "saint", "ste" => "sainte", _ => word })
            .ToList();
        return words.Exists(word => !Titles.Contains(word)) ? words.FindAll(word => !Titles.Contains(word)) : words;
    }
}
