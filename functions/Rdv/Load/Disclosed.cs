namespace Rdv.Load;

/// <summary>What may be told of a line to who steers: no figure from fewer than five people. Null is what may not.</summary>
public sealed record Disclosed(
    int OfferedMinutes, int? BookedMinutes, int? Booked, int? Kept, int? Missed, int? Cancelled, int? WalkIns, int? UnmetDemand)
{
    /// <summary>Fewer people than that, and a figure may tell of one of them.</summary>
    public const int FewestPeople = 5;

    private const int Booking = 0, Keeping = 1, Missing = 2, Measures = 6;

    public int? FreeMinutes => BookedMinutes is { } booked ? Math.Max(0, OfferedMinutes - booked) : null;

    /// <summary>0 to 1; null when nothing was offered.</summary>
    public double? Occupancy => BookedMinutes is { } booked ? new LoadCounts(OfferedMinutes, booked, 0, 0, 0, 0, 0).Occupancy : null;

    /// <summary>All of it, for whose it is.</summary>
    public static Disclosed All(LoadCounts counts, int unmet = 0) => Of(counts, Values(counts, unmet), new bool[Measures]);

    /// <summary>
    /// The whole and its lines. Where what is hidden in a column comes to one to four people, the whole less the other lines would tell it: the
    /// smallest of the others is hidden too. Where those who were booked less those who came are fewer than five, those who came are hidden as well.
    /// </summary>
    /// <param name="othersUnmet">Of the whole, and of no line.</param>
    public static (Disclosed Whole, IReadOnlyList<Disclosed> Lines) Of(
        (LoadCounts Counts, int Unmet) whole, IReadOnlyList<(LoadCounts Counts, int Unmet)> lines, int othersUnmet = 0)
    {
        // The last two are a line that is nowhere shown, and the whole.
        int[][] values = [.. lines.Append((default, othersUnmet)).Append(whole).Select(line => Values(line.Item1, line.Item2))];
        bool[][] hidden = [.. values.Select(line => Array.ConvertAll(line, value => value < FewestPeople))];
        while (HideRest(values, hidden) | HideDifference(values, hidden))
        {
        }

        var all = lines.Append(whole).Select((line, index) => Of(line.Counts, values[index == lines.Count ? ^1 : index], hidden[index == lines.Count ? ^1 : index])).ToList();
        return (all[^1], all[..^1]);
    }

    /// <summary>Hides one more of each column whose rest would tell of too few.</summary>
    private static bool HideRest(int[][] values, bool[][] hidden)
    {
        var more = false;
        for (var measure = 0; measure < Measures; measure++)
        {
            var unseen = Enumerable.Range(0, values.Length - 1).Where(line => hidden[line][measure] && values[line][measure] > 0).ToList();
            var rest = unseen.Sum(line => values[line][measure]);
            if (hidden[^1][measure] || rest == 0 || (rest >= FewestPeople && unseen.Count > 1))
            {
                continue;
            }

            var shown = Enumerable.Range(0, values.Length - 1).Where(line => !hidden[line][measure]).ToList();
            hidden[shown.Count == 0 ? ^1 : shown.MinBy(line => values[line][measure])][measure] = more = true;
        }

        return more;
    }

    /// <summary>Hides what, with what was booked, would tell of those who are hidden.</summary>
    private static bool HideDifference(int[][] values, bool[][] hidden)
    {
        var more = false;
        foreach (var (line, unseen) in values.Zip(hidden))
        {
            var (small, large) = unseen[Missing] ? (Missing, Keeping) : (Keeping, Missing);
            if (!unseen[Booking] && unseen[small] && !unseen[large] && line[small] > 0 && line[Booking] - line[large] < FewestPeople)
            {
                unseen[large] = more = true;
            }
        }

        return more;
    }

    private static int[] Values(LoadCounts counts, int unmet) => [counts.Booked, counts.Kept, counts.Missed, counts.Cancelled, counts.WalkIns, unmet];

    private static Disclosed Of(LoadCounts counts, int[] values, bool[] hidden)
    {
        return new Disclosed(
            counts.OfferedMinutes, hidden[Booking] ? null : counts.BookedMinutes, Shown(0), Shown(1), Shown(2), Shown(3), Shown(4), Shown(5));

        int? Shown(int measure) => hidden[measure] ? null : values[measure];
    }
}
