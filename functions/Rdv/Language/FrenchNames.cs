using System.Globalization;
using System.Text;

namespace Rdv.Language;

/// <summary>First names, and the "de" before them.</summary>
public static class FrenchNames
{
    private static readonly HashSet<string> Titles = new(StringComparer.OrdinalIgnoreCase)
    {
        "m", "m.", "mr", "mr.", "mme", "mme.", "mlle", "mlle.", "monsieur", "madame", "mademoiselle",
    };

    /// <summary>
    /// The first name in a name written as people write it: titles are left out, and a surname in capitals before it is skipped
    /// (<c>Mme FICTIVE Odette</c>).
    /// </summary>
    public static string FirstName(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(word => !Titles.Contains(word))
            .ToList();
        return words.Find(word => word.Length > 1 && word.Any(char.IsLower)) ?? words.FirstOrDefault() ?? "";
    }

    /// <summary><c>d'Odette</c>, <c>d'Hélène</c>, <c>d'Yves</c>, <c>de Yann</c>, <c>de Paul</c>.</summary>
    public static string Of(string name) => Elides(name) ? "d'" + name : "de " + name;

    private static bool Elides(string name)
    {
        var letters = name.Normalize(NormalizationForm.FormD)
            .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            .Take(2)
            .Select(char.ToLowerInvariant)
            .ToArray();
        return letters switch
        {
            ['a' or 'e' or 'i' or 'o' or 'u' or 'h' or 'œ' or 'æ', ..] => true,
            // Y is a vowel before a consonant (Yves), and a consonant before a vowel (Yann).
            ['y', var second] => !"aeiouy".Contains(second, StringComparison.Ordinal),
            _ => false,
        };
    }
}
