using System.Globalization;
using System.Text;

namespace Rdv.Language;

/// <summary>First names, and the "de" before them.</summary>
public static class FrenchNames
{
    private static readonly HashSet<string> Titles = new(StringComparer.OrdinalIgnoreCase)
    {
        "m", "m.", "mr", "mr.", "mme", "mme.", "mlle", "mlle.", "monsieur", "madame", "mademoiselle", "dr", "dr.", "docteur", "pr", "pr.",
        "professeur", "me", "maître", "veuve", "vve", "vve.",
    };

    private static readonly HashSet<string> Particles = new(StringComparer.OrdinalIgnoreCase)
    {
        "abd", "abdel", "enfant", "famille", "frère", "mère", "sœur", "soeur", "abou", "aït", "ait", "al", "and", "aux", "bel", "ben", "bin", "bou", "da", "dal", "das", "del", "della", "den", "der", "des", "di",
        "dit", "dite", "don", "dos", "du", "de", "el", "ep", "épouse", "et", "fils", "ibn", "la", "las", "le", "les", "lo", "los", "mac", "née", "née.",
        "nom", "o", "ould", "ou", "père", "saint", "sainte", "sidi", "st", "ste", "ter", "van", "vel", "von", "zu",
    };

    // "D'Ornano Odette", "L'Hermite Odette".
    private static readonly string[] Elision = ["d'", "d’", "l'", "l’"];

    /// <summary>
    /// The first name in a name written as the form asks for it, <c>Odette Fictive</c>, or with the surname in capitals, in either order
    /// (<c>Mme FICTIVE Odette</c>).
    /// </summary>
    /// <returns>
    /// Null when in doubt: what begins a surname of several words (<c>Le Guen Yves</c>, <c>de La Tour Marie</c>, <c>El Amrani Fatima</c>), a
    /// couple, a title without a first name, or words of which any could be the one.
    /// </returns>
    public static string? FirstName(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SkipWhile(Titles.Contains).ToList();
        // "Henri", and nothing else: whoever is helped is called so. "M. Dupont" is not.
        if (words is [var only] && !name.Trim().Contains(' ', StringComparison.Ordinal) && IsPlainWord(only) && IsCapitalised(only))
        {
            return only;
        }

        if (words is not [var one, var other] || !words.TrueForAll(IsPlainWord))
        {
            return null;
        }

        var first = IsInCapitals(one) && IsCapitalised(other) ? other : one;
        return IsCapitalised(first) && !Elision.Any(start => first.StartsWith(start, StringComparison.OrdinalIgnoreCase)) ? first : null;
    }

    /// <summary><c>CCAS de Bron</c>, <c>CCAS d'Albi</c>, <c>CCAS du Robert</c>, <c>CCAS des Abymes</c>.</summary>
    public static string OfPlace(string what, string commune) =>
        commune.StartsWith("Le ", StringComparison.Ordinal) ? $"{what} du {commune[3..]}"
        : commune.StartsWith("Les ", StringComparison.Ordinal) ? $"{what} des {commune[4..]}"
        : $"{what} {Of(commune)}";

    /// <summary><c>À Bron</c>, <c>Au Robert</c>, <c>Aux Abymes</c>.</summary>
    public static string At(string commune) =>
        commune.StartsWith("Le ", StringComparison.Ordinal) ? "Au " + commune[3..]
        : commune.StartsWith("Les ", StringComparison.Ordinal) ? "Aux " + commune[4..]
        : "À " + commune;

    /// <summary><c>d'Odette</c>, <c>d'Hélène</c>, <c>d'Yves</c>, <c>de Yann</c>, <c>de Paul</c>.</summary>
    public static string Of(string name) => Elides(name) ? "d'" + name : "de " + name;

    private static bool IsCapitalised(string word) => char.IsUpper(word[0]) && word.Any(char.IsLower);

    private static bool IsInCapitals(string word) => !word.Any(char.IsLower);

    private static bool IsPlainWord(string word) =>
        word.Length > 2 && !Titles.Contains(word) && !Particles.Contains(word) && word.All(letter => char.IsLetter(letter) || letter is '-' or '\'' or '’');

    private static bool Elides(string name)
    {
        // Half a pair is no letter, and Normalize throws on it.
        var letters = string.Concat(name.Where(letter => !char.IsSurrogate(letter))).Normalize(NormalizationForm.FormD)
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
