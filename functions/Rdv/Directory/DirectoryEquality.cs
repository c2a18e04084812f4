namespace Rdv.Directory;

/// <summary>Whether two rows say the same: records compare the lists inside them by reference.</summary>
internal static class DirectoryEquality
{
    public static bool AreEqual(Structure one, Structure other) =>
        one with { Extra = null, WorkedHolidays = null } == other with { Extra = null, WorkedHolidays = null }
        && (one.WorkedHolidays ?? []).SequenceEqual(other.WorkedHolidays ?? [])
        && (one.Extra?.Count ?? 0) == (other.Extra?.Count ?? 0)
        && (one.Extra ?? new Dictionary<string, string>()).All(pair => other.Extra!.GetValueOrDefault(pair.Key) == pair.Value);

    public static bool AreEqual(Advisor one, Advisor other) =>
        one with { Topics = other.Topics, Hours = other.Hours, Rules = other.Rules } == other
        && one.Topics.SequenceEqual(other.Topics)
        && AreEqual(one.Hours, other.Hours)
        && AreEqual(one.Rules, other.Rules);

    public static bool AreEqual(BookingRules? one, BookingRules? other) =>
        (one ?? BookingRules.None) with { Travels = null } == (other ?? BookingRules.None) with { Travels = null }
        && (one?.Travels ?? []).SequenceEqual(other?.Travels ?? []);

    public static bool AreEqual(IReadOnlyList<OpeningHours> one, IReadOnlyList<OpeningHours> other) =>
        one.Count == other.Count && one.Zip(other).All(pair => AreEqual(pair.First, pair.Second));

    private static bool AreEqual(OpeningHours one, OpeningHours other) =>
        one with { Days = other.Days, Topics = other.Topics, Means = other.Means } == other
        && one.Days.SequenceEqual(other.Days)
        && (one.Topics is null) == (other.Topics is null)
        && (one.Topics ?? []).SequenceEqual(other.Topics ?? [])
        && (one.Means is null) == (other.Means is null)
        && (one.Means ?? []).SequenceEqual(other.Means ?? []);
}
