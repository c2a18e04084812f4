using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Rdv.Language;

/// <summary>
/// Names and streets that a register has in capitals, without accents and in its abbreviations, as people write them: <c>COMMUNE DE SEES</c>, in
/// Sées, is the <c>Mairie de Sées</c>; <c>PL DE L HOTEL DE VILLE</c> is the <c>place de l'Hôtel de Ville</c>. What has a small letter in it was
/// written by somebody, and stays as it is.
/// </summary>
public static class ReadableNames
{
    private const int MaxRemembered = 20_000;

    private static readonly ConcurrentDictionary<(Reading Of, string Text, string Commune), string> Remembered = new();

    private static readonly (Regex Short, string Long)[] OfBodies =
    [
        (Start("CC|COM(MUNAUTE)? (DE )?COM(MUNES?)?"), "COMMUNAUTE DE COMMUNES"),
        (Start("CA"), "COMMUNAUTE D'AGGLOMERATION"),
        (Start("CU"), "COMMUNAUTE URBAINE"),
        (Start("SI"), "SYNDICAT INTERCOMMUNAL"),
        (Start("SM"), "SYNDICAT MIXTE"),
        (Start("(ASS|ASSO|ASSOC)"), "ASSOCIATION"),
        (Start("DEP|DEPT|DEPART"), "DEPARTEMENT"),
        (Start("FED|FEDER"), "FEDERATION"),
        (Any("(CENTRE|CTRE) COM(MUNAL)? (D )?ACTION SOCIALE"), "CENTRE COMMUNAL D'ACTION SOCIALE"),
        (Any("(CENTRE|CTRE) INTERCOM(MUNAL)? (D )?ACTION SOCIALE"), "CENTRE INTERCOMMUNAL D'ACTION SOCIALE"),
        (Any("CTRE"), "CENTRE"),
        (Any("INTERCOM"), "INTERCOMMUNAL"),
        (Any("AGGLO"), "AGGLOMERATION"),
        (Start("COMM(?= D)"), "COMMUNAUTE"),
        (Any("UNION DEP(ART)? (DES )?ASSOCIATIONS? FAM(ILIALES|ILLES?)?"), "UNION DEPARTEMENTALE DES ASSOCIATIONS FAMILIALES"),
        (Any("ST(?= [A-Z])"), "SAINT"),
        (Any("STE(?= [A-Z])"), "SAINTE"),
    ];

    // Those of the post (AFNOR XP Z10-011), where they name a way: at the beginning, after a number or after a comma.
    private static readonly (Regex Short, string Long)[] OfStreets =
    [
        (Way("PL"), "PLACE"),
        (Way("AV"), "AVENUE"),
        (Way("BD|BLD|BVD"), "BOULEVARD"),
        (Way("RTE"), "ROUTE"),
        (Way("ALL"), "ALLEE"),
        (Way("CHE|CHEM"), "CHEMIN"),
        (Way("CRS"), "COURS"),
        (Way("ESP"), "ESPLANADE"),
        (Way("IMP"), "IMPASSE"),
        (Way("PAS"), "PASSAGE"),
        (Way("RES"), "RESIDENCE"),
        (Way("SQ"), "SQUARE"),
        (Way("LD"), "LIEU-DIT"),
        (Way("LOT"), "LOTISSEMENT"),
        (Way("MTE|MTEE"), "MONTEE"),
        (Way("GPL"), "GRANDE PLACE"),
        (Way("GRD"), "GRANDE"),
        (Way("QU"), "QUAI"),
        (Way("BAT"), "BATIMENT"),
        (Any("GAL"), "GENERAL"),
        (Any("MAL"), "MARECHAL"),
        (Any("DR"), "DOCTEUR"),
        (Any("PDT"), "PRESIDENT"),
        (Any("ST(?= [A-Z])"), "SAINT"),
        (Any("STE(?= [A-Z])"), "SAINTE"),
    ];

    private static readonly HashSet<string> Ways = new(StringComparer.Ordinal)
    {
        "allee", "avenue", "batiment", "boulevard", "chaussee", "chemin", "cite", "cour", "cours", "esplanade", "faubourg", "grande", "impasse",
        "immeuble", "lieu-dit", "lotissement", "mail", "montee", "parc", "parvis", "passage", "place", "pont", "promenade", "quai", "quartier",
        "residence", "rond-point", "route", "rue", "ruelle", "sentier", "square", "zone",
    };

    private static readonly HashSet<string> Small = new(StringComparer.Ordinal)
    {
        "a", "au", "aux", "d", "dans", "de", "des", "du", "en", "entre", "et", "l", "la", "le", "les", "lez", "ou", "par", "pour", "sans", "sous", "sur", "bis", "ter", "n",
    };

    private static readonly HashSet<string> Acronyms = new(StringComparer.Ordinal)
    {
        "adapei", "adil", "admr", "afpa", "agc", "amej", "apf", "asbl", "bfc", "bp", "cada", "caf", "ccas", "ccfd", "cpam", "cias", "cic", "cidff", "clic", "cpie", "cs", "crous", "epci", "epn",
        "esat", "ess", "fcpe", "fjt", "gip", "hlm", "jsf", "lfa", "maif", "mda", "mde", "mfr", "mjc", "mpt", "msa", "ospa", "petr", "pimms", "pmi", "sa", "sarl", "scic", "scop", "scp", "sfm",
        "sias", "sivom", "sivu", "tsa", "udaf", "ufcs", "ufcv", "unaf", "za", "zac", "zi",
    };

    // What is said of everybody's town: without its accents it reads as a fault.
    private static readonly FrozenDictionary<string, string> Accents = """
        abbé activité activités agglomération allée andré ardèche ariège aéroport aîné aînés bibliothèque bâtiment chaussée château cité collège comité
        communauté corrèze côte côtes cœur drôme défense département départemental départementale développement finistère français française françois françoise
        frère frères frédéric fédération félix général gérôme honoré hélène hérault hôpital hôtel indépendance isère jaurès jérôme libération lozère lumière
        léo léon marché maréchal molière montée médiathèque médiation méditerranée métier métiers métropole nièvre noël numérique numériques pré préfecture
        président présidents pyrénées pôle rené rhône régie régiment région république réseau résidence résistance réunion saône solidarité solidarités sœur
        sœurs thérèse théâtre vallée vallées vendée à école écoles économique éducation église émile énergie établissement étang états étienne évêché île
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenDictionary(Plain);

    private static readonly SearchValues<char> VowelsAndDigits = SearchValues.Create("aeiouy0123456789");

    private static readonly Regex Word = new(@"\p{L}+\d*|\d+\p{L}*", RegexOptions.CultureInvariant);

    private static readonly Regex Elided = new(@"(?<![\p{L}\p{N}'])([DLN]) (?=[AEIOUYH])", RegexOptions.CultureInvariant);

    private static readonly Regex Ordinal = new("^[0-9]+(e|er|ere|eme)$", RegexOptions.CultureInvariant);

    private static readonly Regex Article = new("^(le|la|les|l) ", RegexOptions.CultureInvariant);

    private static readonly Regex Spaces = new(" {2,}", RegexOptions.CultureInvariant);

    private static readonly Regex TownHall = new(@"^(COMMUNE|VILLE|MAIRIE) (DE |DU |DES |D['’ ] ?)", RegexOptions.CultureInvariant);

    private enum Reading
    {
        Body,
        Place,
        Street,
    }

    /// <summary>The name of a body, of a structure for example.</summary>
    public static string Body(string name) => Remember(Reading.Body, name);

    /// <summary>The name of a place that people go to: that of a commune is its town hall.</summary>
    /// <param name="commune">Where it is, with its accents and hyphens.</param>
    public static string Place(string name, string commune) => Remember(Reading.Place, name, commune);

    /// <summary>A street with its number.</summary>
    public static string Street(string street) => Remember(Reading.Street, street);

    /// <summary>The name with small letters, and as long as it was: what is counted in septets has its own abbreviations.</summary>
    public static string Cased(string name) => IsOfRegister(name) ? Cased(name, common: BodyWords.All, capital: true) : name;

    /// <summary>As <see cref="Cased(string)"/>, of a street.</summary>
    public static string CasedStreet(string street) => IsOfRegister(street) ? Cased(street, common: Ways, capital: false) : street;

    private static string ReadBody(string name) => Cased(WrittenOut(name, OfBodies), common: BodyWords.All, capital: true);

    private static string ReadPlace(string name, string commune)
    {
        if (TownHall.Match(name) is not { Success: true } match)
        {
            return OfTown(WithCommune(ReadBody(name), commune), commune);
        }

        var (town, known) = (Plain(name[match.Length..]), Plain(commune));
        var isTheirs = town == known || town == Article.Replace(known, "") || Plain(name) == Plain(FrenchNames.OfPlace("commune", commune));
        return isTheirs ? FrenchNames.OfPlace("Mairie", commune) : WithCommune(ReadBody("MAIRIE " + name[match.Groups[2].Index..]), commune);
    }

    private static string ReadStreet(string street) => Cased(WrittenOut(street, OfStreets), common: Ways, capital: false);

    private static string WrittenOut(string text, (Regex Short, string Long)[] abbreviations) =>
        abbreviations.Aggregate(Spaces.Replace(text, " "), (said, one) => one.Short.Replace(said, one.Long));

    // "Centre social": there is one in the next town too.
    private static string OfTown(string read, string commune) =>
        Plain(read).Split(' ').All(word => BodyWords.All.Contains(word) || Small.Contains(word)) ? FrenchNames.OfPlace(read, commune) : read;

    // No letter that is small, and words enough to be no mere abbreviation: "CAF", "MJC".
    private static bool IsOfRegister(string text)
    {
        var letters = 0;
        foreach (var letter in text)
        {
            if (char.IsLower(letter))
            {
                return false;
            }

            letters += char.IsLetter(letter) ? 1 : 0;
        }

        return letters > 4;
    }

    private static string Remember(Reading of, string text, string commune = "")
    {
        if (!IsOfRegister(text))
        {
            return text;
        }

        if (Remembered.Count > MaxRemembered)
        {
            Remembered.Clear();
        }

        return Remembered.GetOrAdd((of, text, commune), static key => key.Of switch
        {
            Reading.Place => ReadPlace(key.Text, key.Commune),
            Reading.Street => ReadStreet(key.Text),
            _ => ReadBody(key.Text),
        });
    }

    private static string Cased(string text, IReadOnlySet<string> common, bool capital)
    {
        var first = true;
        return Word.Replace(Elided.Replace(text, "$1'"), match =>
        {
            var plain = Plain(match.Value);
            var begins = first && capital;
            first = false;
            if (Acronyms.Contains(plain) || (plain.Length is > 1 and < 6 && !plain.AsSpan().ContainsAny(VowelsAndDigits) && !Ways.Contains(plain)))
            {
                return match.Value;
            }

            var said = Accents.GetValueOrDefault(plain) ?? match.Value.ToLowerInvariant();
            return char.IsDigit(match.Value[0]) ? (Ordinal.IsMatch(plain) ? plain : match.Value)
                : begins || !(Small.Contains(plain) || (common.Contains(plain) && plain != "france")) ? char.ToUpperInvariant(said[0]) + said[1..]
                : said;
        });
    }

    // "Centre social de Sees" of Sées: its own name is the one that is known with all its signs.
    private static string WithCommune(string said, string commune)
    {
        var words = Plain(commune).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var pattern = string.Join(@"[\s'’-]+", words.Select(Loose));
        return words.Length == 0 ? said : Regex.Replace(said, $@"(?<![\p{{L}}\p{{N}}]){pattern}(?![\p{{L}}\p{{N}}])", commune.Replace("$", "$$", StringComparison.Ordinal), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    private static string Loose(string word) =>
        string.Concat(word.Select(letter => letter switch { 'a' => "[aàâä]", 'c' => "[cç]", 'e' => "[eéèêë]", 'i' => "[iîï]", 'o' => "[oôö]", 'u' => "[uùûü]", 'y' => "[yÿ]", _ => Regex.Escape(letter.ToString()) }));

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        // Half a pair is no letter, and Normalize throws on it.
        foreach (var letter in string.Concat(text.Where(letter => !char.IsSurrogate(letter))).Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(letter))
            {
                plain.Append(letter is 'œ' or 'Œ' ? "oe" : char.ToLowerInvariant(letter).ToString());
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && plain.Length > 0 && plain[^1] != ' ')
            {
                plain.Append(' ');
            }
        }

        return plain.ToString().Trim();
    }

    private static Regex Start(string pattern) => new($"^({pattern})(?= [A-Z])", RegexOptions.CultureInvariant);

    private static Regex Any(string pattern) => new($@"(?<![\p{{L}}\p{{N}}])({pattern})(?![\p{{L}}\p{{N}}])", RegexOptions.CultureInvariant);

    private static Regex Way(string pattern) => new($@"(?<=^|[0-9,] |[0-9] ?(BIS|TER|[A-D]) )({pattern})(?= [\p{{L}}0-9])", RegexOptions.CultureInvariant);
}
