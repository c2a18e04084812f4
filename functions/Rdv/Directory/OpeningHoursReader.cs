using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using Rdv.Ids;

namespace Rdv.Directory;

/// <summary>Reads the opening hours of one cell.</summary>
/// <remarks>
/// A rule is days, then times. In French a rule adds to those before it. In the syntax of OpenStreetMap (wiki.openstreetmap.org,
/// Key:opening_hours/specification) one after a semicolon replaces them on its days; one after a comma adds.
/// What is known and cannot be kept here (seasons, weeks, school holidays, remarks) is said, and its opening is left out; what is not known is a problem.
/// </remarks>
internal sealed partial class OpeningHoursReader(PlaceId? home)
{
    private static readonly Dictionary<string, int[]> French = DayWords("lu lun lundi", "ma mar mardi", "me mer mercredi", "je jeu jeudi", "ve ven vendredi", "sam samedi", "di dim dimanche");
    private static readonly Dictionary<string, int[]> English = DayWords("mo", "tu", "we", "th", "fr", "sa", "su");

    private readonly List<Rule> _rules = [];
    private readonly List<string> _left = [];

    /// <summary>What was known and is not kept, as it was written.</summary>
    public IReadOnlyList<string> Left => _left;

    /// <returns>What is wrong, in French; null when nothing is.</returns>
    public string? Read(string text)
    {
        var tokens = Token().Matches(Spaces().Replace(Hyphens().Replace(text, "-"), " ")).Where(match => !match.Groups["space"].Success).ToList();
        var isFrench = tokens.Exists(token => token.Groups["word"].Success && French.ContainsKey(Word(token)));
        var part = new List<Match>();
        foreach (var token in tokens.Append(null))
        {
            if (token is not null && !token.Groups["end"].Success)
            {
                part.Add(token);
                continue;
            }

            if (part.Count > 0 && ReadPart(part, replaces: !isFrench) is { } problem)
            {
                return problem;
            }

            part.Clear();
        }

        return null;
    }

    public IReadOnlyList<OpeningHours> ToHours() =>
        [.. _rules.Where(rule => rule.Days.Count > 0).SelectMany(rule => rule.Times.Select(time => new OpeningHours([.. rule.Days], time.From, time.To, rule.Place)))];

    private string? ReadPart(List<Match> tokens, bool replaces)
    {
        var part = string.Join(' ', tokens.Select(token => token.Value.Trim())).Replace(" - ", "-", StringComparison.Ordinal).Replace(" , ", ",", StringComparison.Ordinal);
        // Said beside the hours, "(semaines paires)" is no remark: they are not those of every week.
        if (tokens.Exists(token => token.Groups["season"].Success || (token.Groups["remark"].Success && IsSeason(token.Value))))
        {
            _left.Add(part);
            return null;
        }

        if (PlaceOf(tokens, part, out var place) is { } wrong)
        {
            return wrong;
        }

        var read = new Part(part);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (ReadToken(read, tokens, ref i) is { } problem)
            {
                return problem;
            }
        }

        if (read.Finish() is { } unfinished)
        {
            return unfinished;
        }

        _left.AddRange(read.Left);
        return Keep(read, part, place, replaces);
    }

    private static bool IsSeason(string remark) =>
        Token().Matches(remark[1..^1]).Any(token => token.Groups["season"].Success || token.Groups["school"].Success);

    private string? Keep(Part read, string part, PlaceId? place, bool replaces)
    {
        foreach (var rule in _rules)
        {
            rule.Days.ExceptWith(read.Closed);
        }

        if (read.Rules.Count == 0)
        {
            return null;
        }

        if (place is not { } placeId)
        {
            return $"« {part} » : indiquez le lieu, par exemple « {part}@identifiant-du-lieu ».";
        }

        if (replaces)
        {
            var days = read.Rules.SelectMany(rule => rule.Days).ToHashSet();
            foreach (var before in _rules.Where(rule => rule.Days.Overlaps(days)))
            {
                if (!before.Times.Exists(time => read.Rules.Exists(rule => rule.Times.Exists(other => time.From < other.To && other.From < time.To))))
                {
                    _left.Add($"{part} (remplace ce qui était dit de ces jours)");
                }

                before.Days.ExceptWith(days);
            }
        }

        foreach (var (days, times) in read.Rules)
        {
            foreach (var (from, to) in times)
            {
                if (OpeningHoursRules.ProblemOf(new OpeningHours([.. days], from, to, placeId)) is { } problem)
                {
                    return problem;
                }
            }

            _rules.Add(new Rule(days, times, placeId));
        }

        return null;
    }

    private string? PlaceOf(List<Match> tokens, string part, out PlaceId? place)
    {
        place = home;
        if (tokens.Find(token => token.Groups["place"].Success) is not { } at)
        {
            return null;
        }

        tokens.Remove(at);
        if (DirectoryIds.KeyOf(at.Groups["place"].Value.Trim()) is not { } key)
        {
            return $"« {part} » : après « @ » vient l'identifiant d'un lieu.";
        }

        place = new PlaceId(key);
        return null;
    }

    private static string? ReadToken(Part part, List<Match> tokens, ref int i)
    {
        var token = tokens[i];
        var word = Word(token);
        if (token.Groups["remark"].Success)
        {
            return part.Remark(token.Value);
        }

        if (token.Groups["time"].Success || token.Groups["number"].Success)
        {
            var next = i + 1 < tokens.Count && IsTo(tokens[i + 1]) ? i + 2 : i + 1;
            var range = string.Concat(tokens[i..Math.Min(next + 1, tokens.Count)].Select(item => item.Value));
            if (next != i + 2 || next >= tokens.Count || (token.Groups["number"].Success && tokens[next].Groups["number"].Success)
                || TimeOf(token) is not { } from || TimeOf(tokens[next]) is not { } to || (next + 1 < tokens.Count && tokens[next + 1].Value is "+"))
            {
                return $"« {range} » n'est pas une période comme « 09:00-12:00 ».";
            }

            i = next;
            return part.Times(from, to);
        }

        if (DaysOf(word) is { } days)
        {
            if (i + 2 < tokens.Count && IsTo(tokens[i + 1]) && DaysOf(Word(tokens[i + 2])) is { } last)
            {
                var (first, end) = (days[0], last[^1]);
                i += 2;
                if (end < first && French.ContainsKey(word))
                {
                    return $"« {word}-{Word(tokens[i])} » : une plage de jours va du premier au dernier de la semaine.";
                }

                days = [.. Enumerable.Range(0, (end - first + 7) % 7 + 1).Select(day => (first - 1 + day) % 7 + 1)];
            }

            return part.Days(days);
        }

        return token switch
        {
            _ when token.Groups["public"].Success => part.Holiday("PH", token.Value),
            _ when token.Groups["school"].Success => part.Holiday("SH", token.Value),
            _ when token.Groups["off"].Success => part.Off(),
            _ when token.Groups["except"].Success => part.Except(),
            _ when token.Groups["half"].Success => i + 1 < tokens.Count && tokens.Skip(i + 1).First(next => next.Value is not (":" or "," or "-") && Word(next) is not "de" || next == tokens[^1]) is { } after
                && (after.Groups["time"].Success || after.Groups["number"].Success) ? null : $"« {part.Text} » : écrivez les heures, par exemple « 09:00-12:00 ».",
            _ when token.Groups["filler"].Success || (token.Value is "-" && part.HasTimes) => null,
            _ when token.Groups["word"].Success => $"« {token.Value} » n'est pas un jour : écrivez lun, mar, mer, jeu, ven, sam ou dim.",
            _ => $"« {part.Text} » : « {token.Value} » n'est pas compris.",
        };
    }

    private static string Word(Match token) => token.Value.Trim('.').ToLowerInvariant() is var word && word.Length > 4 && word.EndsWith('s') ? word[..^1] : word;

    private static bool IsTo(Match token) => token.Value.ToLowerInvariant() is "-" or "à" or "a" or "au" or "jusqu'à" or "jusqu’à";

    private static int[]? DaysOf(string word) =>
        French.TryGetValue(word, out var days) || English.TryGetValue(word, out days) ? days
        : AllDays().IsMatch(word) ? [1, 2, 3, 4, 5, 6, 7]
        : null;

    private static LocalTime? TimeOf(Match token)
    {
        if (token.Value.Equals("midi", StringComparison.OrdinalIgnoreCase))
        {
            return new LocalTime(12, 0);
        }

        var digits = Digits().Matches(token.Value);
        return digits.Count is 1 or 2 && (token.Groups["time"].Success || token.Groups["number"].Success)
            && int.Parse(digits[0].ValueSpan, CultureInfo.InvariantCulture) is < 24 and var hour
            && (digits.Count == 1 ? 0 : int.Parse(digits[1].ValueSpan, CultureInfo.InvariantCulture)) is < 60 and var minute
                ? new LocalTime(hour, minute)
                : null;
    }

    private static Dictionary<string, int[]> DayWords(params string[] words) => words
        .SelectMany((names, day) => names.Split(' '), (names, name) => (name, day: Array.IndexOf(words, names) + 1))
        .ToDictionary(pair => pair.name, pair => (int[])[pair.day]);

    [GeneratedRegex("[\u2010-\u2015\u2212]")]
    private static partial Regex Hyphens();

    [GeneratedRegex("[^\\S\\n]+")]
    private static partial Regex Spaces();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();

    [GeneratedRegex("^(tous les jours?|7 ?j?/ ?7 ?j?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AllDays();

    // In order: what is longer stands before what it begins with.
    [GeneratedRegex(
        """
        (?<remark>"[^"]*" | “[^”]*” | \([^)]*\) | (?:(?:uniquement|seulement)\ +)?(?:avec\ ou\ sans|sur|sans|avec|par)\ +(?:prise\ de\ +)?(?:rdv|r\.d\.v\.?|rendez[-\ ]vous)\b\.?(?:\ +(?:uniquement|seulement|obligatoire))?)
        | @(?<place>[^;\n]*)
        | (?<end>;|\n|\|\|)
        | (?<season>\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?=\ +[0-9]{1,2}\b(?!\ *[h:.])|\ *-\ *(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\b|\ +(?:mo|tu|we|th|fr|sa|su|off|closed)\b)
            | \b(?:janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre|été|hiver|easter|summer|winter)\b
            | \bweek\ +[0-9] | \bsemaines?\b(?!\s*:) | \b(?:20[0-9]{2})\b | \[[-0-9,\ ]+\] | \b[0-9]+\ ?(?:er|e|ère|ème|eme|nd|nde)s?\b | \b(?:premier|deuxième|dernier|1er)s?\b | \b(?:période|periode)s?\ +(?:scolaires?)\b | \bun\ .{1,12}\ sur\ deux\b | \b(?:sunrise|sunset|dawn|dusk)\b)
        | (?<time>\b[0-9]{1,2}\s*(?:h|:|\.)\s*[0-9]{2}\b(?:\s*min\b)? | \b[0-9]{1,2}\s*h(?:eures?)?\b | \bmidi\b)
        | (?<word>\btous\ les\ jours\b | \b7\ ?j?/\ ?7\ ?j?\b)
        | (?<number>[0-9]+)
        | (?<public>\bPH\b | \b(?:les\ +)?jours?\ +f[ée]ri[ée]s?\b | \bf[ée]ri[ée]s?\b)
        | (?<school>\bSH\b | \b(?:les\ +|pendant\ les\ +)?vacances(?:\ +scolaires)?\b)
        | (?<off>\b(?:off|closed|fermée?s?|ferme|fermeture)\b)
        | (?<except>\b(?:sauf|hors|excepté)\b)
        | (?<half>\b(?:le\ +|l['’])?(?:matins?|après-midis?|apres-midis?|aprem)\b)
        | (?<filler>\b(?:le|les|du|de|des|et|puis|ouverte?s?|ouverture|open|permanences?|horaires?|accueil|jours?)\b | [,:/&.])
        | (?<word>jusqu['’]à|[\p{L}\p{M}'’]+\.?)
        | (?<space>\s+)
        | (?<other>.)
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Token();

    private sealed record Rule(SortedSet<int> Days, List<(LocalTime From, LocalTime To)> Times, PlaceId Place);

    /// <summary>What stands between two semicolons.</summary>
    private sealed class Part(string text)
    {
        private SortedSet<int> _days = [];
        private List<(LocalTime From, LocalTime To)> _times = [];
        private string? _holiday;
        private bool _isSchool;
        private bool _closing;
        private bool _excepting;

        public string Text => text;

        public bool HasTimes => _times.Count > 0;

        public List<(SortedSet<int> Days, List<(LocalTime From, LocalTime To)> Times)> Rules { get; } = [];

        public HashSet<int> Closed { get; } = [];

        public List<string> Left { get; } = [];

        public string? Days(int[] days)
        {
            if (_closing)
            {
                Close(days);
            }
            else if (_excepting)
            {
                _days.ExceptWith(days);
                Close(days);
            }
            else
            {
                Flush();
                _days.UnionWith(days);
            }

            return null;
        }

        public string? Times(LocalTime from, LocalTime to)
        {
            _excepting = _closing = false;
            if (_holiday is not null && _days.Count == 0)
            {
                Left.Add(text);
                return null;
            }

            _times.Add((from, to));
            return _days.Count == 0 ? $"« {text} » : les jours manquent, par exemple « lun-ven 09:00-12:00 »." : null;
        }

        public string? Off()
        {
            if (_times.Count == 0 && (_days.Count > 0 || _holiday is not null))
            {
                Close(_days);
                _days = [];
                SayHoliday(open: false);
            }
            else
            {
                Flush();
                _closing = true;
            }

            return null;
        }

        public string? Except()
        {
            _excepting = true;
            return null;
        }

        public string? Holiday(string kind, string written)
        {
            _holiday = written;
            _isSchool = kind == "SH";
            if (_closing || _excepting)
            {
                SayHoliday(open: false);
            }

            return null;
        }

        /// <summary>Everything is by appointment here: that need not be said.</summary>
        public string? Remark(string remark)
        {
            if (!ByAppointment().IsMatch(remark))
            {
                Left.Add(remark);
            }

            return null;
        }

        public string? Finish()
        {
            if (_days.Count > 0 && _times.Count == 0 && !_excepting)
            {
                return $"« {text} » : les heures manquent, par exemple « lun-ven 09:00-12:00 ».";
            }

            Flush();
            SayHoliday(open: true);
            return null;
        }

        private void Close(IEnumerable<int> days)
        {
            Closed.UnionWith(days);
            foreach (var (open, _) in Rules)
            {
                open.ExceptWith(Closed);
            }
        }

        private void Flush()
        {
            if (_times.Count > 0)
            {
                Rules.Add((_days, _times));
                (_days, _times) = ([], []);
            }
        }

        /// <summary>Public holidays are closed here unless the structure says otherwise; school holidays are not known.</summary>
        private void SayHoliday(bool open)
        {
            if (_holiday is not null && (open || _isSchool))
            {
                Left.Add(Left.Contains(text) ? "" : text);
                Left.RemoveAll(said => said.Length == 0);
            }

            _holiday = null;
        }
    }

    [GeneratedRegex("rdv|r\\.d\\.v|rendez.vous|appointment", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ByAppointment();
}
