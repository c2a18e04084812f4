using System.Text;
using System.Text.RegularExpressions;
using Rdv.Language;

namespace Rdv.Sms;

/// <summary>Shorter writings of names and addresses, for an SMS.</summary>
internal static class ShortNames
{
    // Abbreviations that people of the country read without thinking. In order: what is longer comes first.
    private static readonly (Regex Long, string Short)[] OfBodies =
    [
        (Word("communaut[eé] (de )?communes?"), "CC"),
        (Word("com(munaut[eé])?\\.? (de )?com(munes?)?"), "CC"),
        (Word("communaut[eé] d['’ ]agglom[eé]ration"), "CA"),
        (Word("communaut[eé] urbaine"), "CU"),
        (Word("(centre|ctre) com(munal)?\\.? (d['’ ] ?)?action sociale"), "CCAS"),
        (Word("(centre|ctre) intercom(munal)?\\.? (d['’ ] ?)?action sociale"), "CIAS"),
        (Word("(centre|ctre) social et (socio[- ]?)?culturel"), "Centre social"),
        (Word("maison (des )?jeunes et (de la )?culture"), "MJC"),
        (Word("union dep(artementale)?\\.? (des )?associations fam(iliales|illes?)?"), "UDAF"),
        (Word("agglom[eé]ration"), "agglo"),
        (Word("maison france services?"), "France services"),
        (Word("associations?"), "Assoc."),
        (Word("f[eé]d[eé]ration"), "Féd."),
        (Word("d[eé]partement(?= d)"), "Dépt"),
        (Word("d[eé]partement(al|ale)"), "dép."),
        (Word("saint"), "St"),
        (Word("sainte"), "Ste"),
    ];

    // What stands in that town, and has a door.
    private static readonly (Regex Long, string Short)[] OfTownHalls =
    [
        (Word("^ville de"), "Mairie de"),
        (Word("^commune de"), "Mairie de"),
        (Word("^commune d['’ ] ?", end: false), "Mairie d'"),
        (Word("^commune du"), "Mairie du"),
        (Word("^commune des"), "Mairie des"),
    ];

    // Those of the post (AFNOR XP Z10-011), as it writes them in an address.
    private static readonly (Regex Long, string Short)[] OfStreets =
    [
        (Way("avenue"), "av."),
        (Way("boulevard"), "bd"),
        (Way("place"), "pl."),
        (Way("route"), "rte"),
        (Way("chemin"), "ch."),
        (Way("all[eé]e"), "all."),
        (Way("impasse"), "imp."),
        (Way("r[eé]sidence"), "rés."),
        (Way("b[aâ]timent"), "bât."),
        (Way("zone d['’ ]activit[eé]s?"), "ZA"),
        (Way("zone industrielle"), "ZI"),
        (Word("g[eé]n[eé]ral"), "Gal"),
        (Word("mar[eé]chal"), "Mal"),
        (Word("docteur"), "Dr"),
        (Word("professeur"), "Pr"),
        (Word("pr[eé]sident"), "Pdt"),
        (Word("saint"), "St"),
        (Word("sainte"), "Ste"),
    ];

    // Where the post puts letters, and nobody can go.
    private static readonly Regex PostBox = new("[, ]*(?<![\\p{L}\\p{N}])(BP|CS|TSA|cedex)(?![\\p{L}])[ ]*[0-9]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex Arrondissement = new(" arrondissement$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex Common = new(
        "^((centre|ctre) (social|socio[- ]?culturel)|MJC|UDAF|CCAS|CIAS|mission locale|maison de quartier|foyer rural|m[eé]diath[eè]que|biblioth[eè]que)(?![\\p{L}\\p{N}])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    // "Association pour l'insertion", "Association de gestion du centre social du Bois": without the body, nothing is missing.
    private static readonly Regex Lead = new(
        "^(association|assoc\\.?|asso|ass) (.+ (?=(centre|ctre|maison|foyer|espace) )|(pour |de la |de l['’ ]|des |du |de |d['’ ])?(?=[\\p{L}\\p{N}]))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex Aside = new("[ ]*([(].*[)]?|[ ][:/-][ ].*)$", RegexOptions.CultureInvariant);

    // A name that ends on one of these reads as if something were missing.
    private static readonly HashSet<string> Dangling = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "à", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "par", "pour", "sous", "sur", "lez", "lès",
        "chez", "dans", "st", "ste", "saint", "sainte", "n", "&", "-", ":", "/",
    };

    /// <summary>The name of a body with the usual abbreviations; the same when there are none.</summary>
    public static string Body(string name) => Abbreviate(name, OfBodies);

    /// <summary><c>Commune de Bron</c> is the Mairie de Bron to who goes there.</summary>
    public static string TownHall(string name) => Abbreviate(name, OfTownHalls);

    /// <summary>The street with the abbreviations of the post.</summary>
    public static string Street(string street) => Abbreviate(street, OfStreets);

    /// <summary>The street without post boxes.</summary>
    public static string WithoutPostBox(string street) => PostBox.Replace(street, "").Trim(' ', ',');

    /// <summary><c>Lyon 3e Arrondissement</c> is Lyon 3e to who lives there.</summary>
    public static string Commune(string commune) => Arrondissement.Replace(commune, "");

    /// <summary>The name without "Association pour", and without what stands in brackets or after a dash at its end.</summary>
    public static string Core(string name) => Lead.Replace(Aside.Replace(name, ""), "") is { Length: > 2 } core ? Gsm7.ToGsm7(char.ToUpperInvariant(core[0]) + core[1..]) : name;

    /// <summary>What the name begins with, when a town has one or few of its kind, and people call it so: the <c>Centre social</c>.</summary>
    public static string? Kind(string name) => Common.Match(name) is { Success: true } match ? match.Value : null;

    /// <summary>Whether the name says only what kind of body it is, and not which one.</summary>
    public static bool IsKindOnly(string name) =>
        Fold(name).Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => word.Length == 1 || BodyWords.All.Contains(word) || Dangling.Contains(word));

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

    private static string Abbreviate(string text, (Regex Long, string Short)[] abbreviations)
    {
        foreach (var (pattern, replacement) in abbreviations)
        {
            text = pattern.Replace(text, replacement);
        }

        return Gsm7.ToGsm7(text);
    }

    private static string WithoutDangling(string text)
    {
        while (true)
        {
            var trimmed = text.TrimEnd(' ', '-', ',', ';', ':', '(', '/', '&', '\'', '"', '.');
            var last = trimmed.LastIndexOfAny([' ', '-', '\'']);
            if (last < 0 || !(Dangling.Contains(trimmed[(last + 1)..]) || (last == trimmed.Length - 2 && char.IsLetter(trimmed[^1]))))
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

    // Before a name: "17 Grande Place" has none.
    private static Regex Way(string pattern) => new(
        $"(?<=^|[0-9,] |[0-9] ?(bis|ter) ){pattern}(?= [\\p{{L}}0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static Regex Word(string pattern, bool end = true) => new(
        $"(?<![\\p{{L}}\\p{{N}}]){pattern}{(end ? "(?![\\p{L}\\p{N}])" : "")}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
