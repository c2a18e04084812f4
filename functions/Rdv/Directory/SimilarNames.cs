namespace Rdv.Directory;

/// <summary>Finds the names that are written nearly as what was typed.</summary>
/// <remarks>
/// Names are compared as they sound, roughly, and then letter by letter (the distance of Damerau and Levenshtein, neighbours exchanged counting one).
/// </remarks>
internal sealed class SimilarNames
{
    private const int Shortest = 4;

    // One letter in four may be wrong.
    private const int LettersPerFault = 4;

    private readonly string[] _sounds;

    /// <param name="names">As <see cref="SearchWords"/> folds them, words parted by a space.</param>
    public SimilarNames(IReadOnlyList<string> names) => _sounds = [.. names.Select(Sound)];

    /// <returns>The numbers of the names, the nearest first, then in their order.</returns>
    public IEnumerable<int> Find(string typed, int limit)
    {
        var sound = Sound(typed);
        var most = Math.Max(1, sound.Length / LettersPerFault);
        return sound.Length < Shortest
            ? []
            : _sounds
                .Select((name, number) => (Number: number, Distance: Math.Abs(name.Length - sound.Length) > most ? int.MaxValue : Distance(name, sound, most)))
                .Where(found => found.Distance <= most)
                .OrderBy(found => found.Distance)
                .Take(limit)
                .Select(found => found.Number);
    }

    /// <summary>Doubled letters once, and what sounds alike written alike; small words and spaces go: "Vaux en velin" is "Vaulx-en-Velin" but for an l.</summary>
    internal static string Sound(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !(char.IsAsciiDigit(word[0]) && word.Length > 2)).Select(word => word switch
        {
            "st" => "saint",
            "ste" => "sainte",
            _ => word,
        });
        var text = string.Concat(words)
            .Replace("eau", "o", StringComparison.Ordinal)
            .Replace("au", "o", StringComparison.Ordinal)
            .Replace("ph", "f", StringComparison.Ordinal)
            .Replace("qu", "k", StringComparison.Ordinal)
            .Replace("ai", "e", StringComparison.Ordinal)
            .Replace("ei", "e", StringComparison.Ordinal);
        var sound = new System.Text.StringBuilder(text.Length);
        foreach (var letter in text)
        {
            var said = letter switch
            {
                'y' => 'i',
                'z' => 's',
                'c' => 'k',
                'q' => 'k',
                'h' => '\0',
                _ => letter,
            };
            if (said != '\0' && (sound.Length == 0 || sound[^1] != said))
            {
                sound.Append(said);
            }
        }

        // Mute at the end.
        while (sound.Length > Shortest && sound[^1] is 's' or 'x' or 't' or 'e' && sound.Length > Shortest)
        {
            sound.Length--;
        }

        return sound.ToString();
    }

    /// <returns>More than <paramref name="most"/> as soon as it must be.</returns>
    private static int Distance(string one, string other, int most)
    {
        Span<int> before = stackalloc int[other.Length + 1];
        Span<int> last = stackalloc int[other.Length + 1];
        Span<int> now = stackalloc int[other.Length + 1];
        for (var j = 0; j <= other.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            now[0] = i;
            var least = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var cost = one[i - 1] == other[j - 1] ? 0 : 1;
                now[j] = Math.Min(Math.Min(now[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    now[j] = Math.Min(now[j], before[j - 2] + 1);
                }

                least = Math.Min(least, now[j]);
            }

            if (least > most)
            {
                return int.MaxValue;
            }

            var swap = before;
            before = last;
            last = now;
            now = swap;
        }

        return last[other.Length];
    }
}
