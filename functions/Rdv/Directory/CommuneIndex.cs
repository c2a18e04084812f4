using Rdv.Territories;

namespace Rdv.Directory;

/// <summary>
/// Finds communes by the beginnings of words. Rows are numbered by falling population and words are sorted, so that the words that
/// begin with a token are a range of numbers: a search compares integers and allocates only what it returns.
/// </summary>
internal sealed class CommuneIndex
{
    private const int MaxTokens = 8;
    private const int MaxLength = 80;

    // What comes first in an answer.
    private const int NumberedTier = 0;
    private const int ExactTier = 1;
    private const int OtherTier = 2;

    private readonly CommuneRow[] _rows;
    private readonly string[] _names;
    private readonly ILookup<string, int> _rowsByName;
    private readonly Lazy<SimilarNames> _similar;
    private readonly string[] _words;

    /// <summary>The words of row i are <c>_rowWords[_rowStart[i].._rowStart[i + 1]]</c>; the rows of word w likewise.</summary>
    private readonly int[] _rowStart;
    private readonly int[] _rowWords;
    private readonly int[] _wordStart;
    private readonly int[] _wordRows;

    public CommuneIndex(IEnumerable<CommuneRow> rows)
    {
        _rows = rows.Where(row => row.Name.Length > 0).OrderByDescending(row => row.Population).ThenBy(row => row.Insee, StringComparer.Ordinal).ToArray();
        _names = new string[_rows.Length];
        var wordsOf = new List<string>[_rows.Length];
        for (var i = 0; i < _rows.Length; i++)
        {
            var words = SearchWords.Of(_rows[i].Name);
            _names[i] = string.Join(' ', words);

            // "Lisle" finds L'Isle: the article is also glued to its word.
            for (var w = words.Count - 2; w >= 0; w--)
            {
                if (words[w] is "l" or "d")
                {
                    words.Add(words[w] + words[w + 1]);
                }
            }

            words.AddRange(_rows[i].Postcodes);
            wordsOf[i] = words;
        }

        _similar = new Lazy<SimilarNames>(() => new SimilarNames(_names));
        _rowsByName = Enumerable.Range(0, _rows.Length).ToLookup(row => _names[row]);
        _words = wordsOf.SelectMany(words => words).Distinct().Order(StringComparer.Ordinal).ToArray();
        var numbers = new Dictionary<string, int>(_words.Length);
        for (var w = 0; w < _words.Length; w++)
        {
            numbers.Add(_words[w], w);
        }

        _rowStart = new int[_rows.Length + 1];
        _rowWords = new int[wordsOf.Sum(words => words.Count)];
        _wordStart = new int[_words.Length + 1];
        var at = 0;
        for (var i = 0; i < _rows.Length; i++)
        {
            foreach (var word in wordsOf[i])
            {
                var number = numbers[word];
                _rowWords[at++] = number;
                _wordStart[number + 1]++;
            }

            _rowStart[i + 1] = at;
        }

        for (var w = 0; w < _words.Length; w++)
        {
            _wordStart[w + 1] += _wordStart[w];
        }

        _wordRows = new int[_rowWords.Length];
        var next = _wordStart[..^1];
        for (var i = 0; i < _rows.Length; i++)
        {
            foreach (var word in WordsOf(i))
            {
                _wordRows[next[word]++] = i;
            }
        }
    }

    public IReadOnlyList<Commune> Search(string query, int limit)
    {
        var tokens = SearchWords.Of(query.Length > MaxLength ? query[..MaxLength] : query);
        if (tokens.Count is 0 or > MaxTokens || limit <= 0)
        {
            return [];
        }

        Span<(int From, int To, bool Exact)> ranges = stackalloc (int, int, bool)[tokens.Count];
        var rarest = 0;
        for (var t = 0; t < tokens.Count; t++)
        {
            // Not for "st" alone, which may become Strasbourg.
            tokens[t] = tokens.Count == 1 ? tokens[t] : tokens[t] switch { "st" => "saint", "ste" => "sainte", var other => other };
            ranges[t] = RangeOf(tokens[t]);
            rarest = Postings(ranges[t]).Length < Postings(ranges[rarest]).Length ? t : rarest;
        }

        var best = new List<(int Tier, int Row)>(Math.Min(limit, 100) + 1);
        foreach (var row in _rowsByName[string.Join(' ', tokens.Where(token => !IsPostcode(token)))])
        {
            Keep(row, exactName: true, ranges);
        }

        var numbered = tokens.Exists(token => char.IsAsciiDigit(token[0]));
        foreach (var row in Postings(ranges[rarest]))
        {
            // The number of the row is its place by population: most rows of a common word are passed over here.
            if (best.Count < limit || (OtherTier, row).CompareTo(best[^1]) < 0 || (numbered && _rows[row].IsArrondissement))
            {
                Keep(row, exactName: false, ranges);
            }
        }

        void Keep(int row, bool exactName, ReadOnlySpan<(int From, int To, bool Exact)> wanted)
        {
            if (!MatchesAll(row, wanted) || best.Contains((ExactTier, row)))
            {
                return;
            }

            var found = (IsNumbered(row, tokens, wanted) ? NumberedTier : exactName ? ExactTier : OtherTier, row);
            var place = best.BinarySearch(found);
            if (place < 0 && ~place < limit)
            {
                best.Insert(~place, found);
                if (best.Count > limit)
                {
                    best.RemoveAt(limit);
                }
            }
        }

        var typed = tokens.Find(IsPostcode);
        return best.ConvertAll(found => ToCommune(_rows[found.Row], typed));
    }

    /// <summary>The communes of today that are called nearly so.</summary>
    public IReadOnlyList<Commune> Similar(string query, int limit) =>
    [
        .. _similar.Value.Find(string.Join(' ', SearchWords.Of(query.Length > MaxLength ? query[..MaxLength] : query)), 4 * limit)
            .Select(row => ToCommune(_rows[row]))
            .DistinctBy(commune => commune.Insee)
            .Take(limit),
    ];

    /// <param name="typed">The beginning of a postcode.</param>
    public static Commune ToCommune(CommuneRow row, string? typed = null)
    {
        var today = row.Today;
        Territory.TryFromInsee(today.Insee, out var territory);
        return new Commune(
            today.Insee,
            row == today ? row.Name : $"{row.Name} ({today.Name})",
            (typed is null ? null : Array.Find(row.Postcodes, code => code.StartsWith(typed, StringComparison.Ordinal))) ?? row.Postcodes[0],
            territory);
    }

    private static bool IsPostcode(string token) => token.Length > 1 && token.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    private ReadOnlySpan<int> WordsOf(int row) => _rowWords.AsSpan(_rowStart[row].._rowStart[row + 1]);

    private ReadOnlySpan<int> Postings((int From, int To, bool Exact) range) => _wordRows.AsSpan(_wordStart[range.From].._wordStart[range.To]);

    private (int From, int To, bool Exact) RangeOf(string token)
    {
        var from = LowerBound(token);
        var exact = from < _words.Length && _words[from] == token;

        // A lone digit is an arrondissement, never a tenth of the postcodes of France.
        return token.Length == 1 && char.IsAsciiDigit(token[0])
            ? (from, exact ? from + 1 : from, exact)
            : (from, LowerBound(token + char.MaxValue), exact);
    }

    private int LowerBound(string text)
    {
        var found = Array.BinarySearch(_words, text, StringComparer.Ordinal);
        return found < 0 ? ~found : found;
    }

    private bool MatchesAll(int row, ReadOnlySpan<(int From, int To, bool Exact)> ranges)
    {
        foreach (var (from, to, _) in ranges)
        {
            var matched = false;
            foreach (var word in WordsOf(row))
            {
                matched |= word >= from && word < to;
            }

            if (!matched)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the row is the arrondissement whose number or postcode was typed: it comes before its city.</summary>
    private bool IsNumbered(int row, List<string> tokens, ReadOnlySpan<(int From, int To, bool Exact)> ranges)
    {
        var numbers = 0;
        for (var t = 0; t < ranges.Length && _rows[row].IsArrondissement; t++)
        {
            if (char.IsAsciiDigit(tokens[t][0]))
            {
                numbers++;
                if (!ranges[t].Exact || !WordsOf(row).Contains(ranges[t].From))
                {
                    return false;
                }
            }
        }

        return numbers > 0;
    }
}
