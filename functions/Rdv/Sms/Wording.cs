namespace Rdv.Sms;

/// <summary>One way to say a part of a message, and how much is lost by saying it so: 0 when nothing is.</summary>
internal readonly record struct Saying(string Text, int Loss);

/// <summary>Chooses, among the ways to say each part of a message, those that lose the least and still fit.</summary>
internal static class Wording
{
    /// <summary>What a second segment costs, as a loss: more than every short word together, less than the name or the street of a place.</summary>
    public const int SecondSegment = 85;

    /// <summary>
    /// The text that loses the least. In two segments it has to lose much less than in one; when two are not enough, it is the shortest text
    /// there is.
    /// </summary>
    /// <param name="parts">In the order in which they are read.</param>
    public static string Fit(Saying[][] parts)
    {
        var sentence = new Sentence(parts);
        var loss = int.MaxValue;
        var one = sentence.Best(Gsm7.SingleSegment, ref loss);
        if (loss <= SecondSegment)
        {
            return one!;
        }

        loss = one is null ? int.MaxValue : loss - SecondSegment;

        // An extension letter at the border of the two parts may cost one septet more.
        return sentence.Best((2 * Gsm7.ConcatenatedSegment) - 1, ref loss) ?? one ?? sentence.Shortest();
    }

    private sealed class Sentence
    {
        private readonly Saying[][] parts;
        private readonly int[][] lengths;

        public Sentence(Saying[][] parts)
        {
            this.parts = [.. parts.Select(WithoutWorse)];
            lengths = [.. this.parts.Select(part => part.Select(saying => Gsm7.Count(saying.Text)).ToArray())];
        }

        public string Shortest() => string.Concat(parts.Select(part => part[^1].Text));

        /// <summary>The fitting text that loses less than <paramref name="bestLoss"/>, and its loss; null when there is none.</summary>
        public string? Best(int limit, ref int bestLoss)
        {
            int[]? best = null;
            Search(new int[parts.Length], 0, 0, 0, limit, ref best, ref bestLoss);
            return best is null ? null : string.Concat(best.Select((choice, part) => parts[part][choice].Text));
        }

        /// <summary>Those that are shorter than everything that loses as little: the others are never chosen. The longest first.</summary>
        private static Saying[] WithoutWorse(Saying[] sayings)
        {
            var kept = new List<Saying>();
            var shortest = int.MaxValue;
            foreach (var saying in sayings.OrderBy(saying => saying.Loss).ThenBy(saying => Gsm7.Count(saying.Text)))
            {
                if (Gsm7.Count(saying.Text) < shortest)
                {
                    shortest = Gsm7.Count(saying.Text);
                    kept.Add(saying);
                }
            }

            return [.. kept];
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
