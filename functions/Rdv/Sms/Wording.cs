namespace Rdv.Sms;

/// <summary>One way to say a part of a message, and how much is lost by saying it so: 0 when nothing is.</summary>
internal readonly record struct Saying(string Text, int Loss);

/// <summary>Chooses, among the ways to say each part of a message, those that lose the least and still fit.</summary>
internal static class Wording
{
    /// <summary>
    /// The text that fits one segment and loses the least. When even the shortest does not fit, a second segment is paid for anyway, so
    /// it is filled; when that is not enough, the shortest text there is.
    /// </summary>
    /// <param name="sentences">Each a sequence of parts, in the order in which they are read.</param>
    public static string Fit(IEnumerable<Saying[][]> sentences)
    {
        var all = sentences.Select(parts => new Sentence(parts)).ToList();
        return Best(all, Gsm7.SingleSegment)
            // An extension letter at the border of the two parts may cost one septet more.
            ?? Best(all, (2 * Gsm7.ConcatenatedSegment) - 1)
            ?? all.Select(sentence => sentence.Shortest()).MinBy(Gsm7.Count)!;
    }

    private static string? Best(List<Sentence> sentences, int limit)
    {
        string? best = null;
        var bestLoss = int.MaxValue;
        foreach (var sentence in sentences)
        {
            best = sentence.Best(limit, ref bestLoss) ?? best;
        }

        return best;
    }

    private sealed class Sentence(Saying[][] parts)
    {
        private readonly int[][] lengths = [.. parts.Select(part => part.Select(saying => Gsm7.Count(saying.Text)).ToArray())];

        public string Shortest() => string.Concat(parts.Select(part => part.MinBy(saying => Gsm7.Count(saying.Text)).Text));

        /// <summary>The fitting text that loses less than <paramref name="bestLoss"/>, and its loss; null when there is none.</summary>
        public string? Best(int limit, ref int bestLoss)
        {
            int[]? best = null;
            Search(new int[parts.Length], 0, 0, 0, limit, ref best, ref bestLoss);
            return best is null ? null : string.Concat(best.Select((choice, part) => parts[part][choice].Text));
        }

        private void Search(int[] picked, int part, int length, int loss, int limit, ref int[]? best, ref int bestLoss)
        {
            if (length > limit || loss >= bestLoss)
            {
                return;
            }

            if (part == parts.Length)
            {
                best = [.. picked];
                bestLoss = loss;
                return;
            }

            for (var choice = 0; choice < parts[part].Length; choice++)
            {
                picked[part] = choice;
                Search(picked, part + 1, length + lengths[part][choice], loss + parts[part][choice].Loss, limit, ref best, ref bestLoss);
            }
        }
    }
}
