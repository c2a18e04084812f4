using NodaTime;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Load;

/// <summary>What a day of a structure, or of a territory, came to.</summary>
/// <param name="Unmet">Requests of its week that nothing free could meet: with the Monday, 0 with any other day.</param>
/// <param name="Third">As it was on that day, for who looked then; null of a day on which nobody has looked.</param>
/// <param name="Hours">Those in which something was offered or booked, in their order; empty when they were not asked for.</param>
public sealed record DaySums(LoadCounts Counts, int Unmet, ThirdNextAvailable? Third, IReadOnlyList<HourLoad> Hours)
{
    public static DaySums None { get; } = new(default, 0, null, []);

    public bool IsNone => Says(None);

    /// <summary>Records compare the lists inside them by reference.</summary>
    public bool Says(DaySums other) =>
        Counts == other.Counts && Unmet == other.Unmet && Third == other.Third && Hours.SequenceEqual(other.Hours);

    /// <summary>The days of several structures as one; the third free appointment is none of a sum.</summary>
    public static DaySums Sum(IReadOnlyCollection<DaySums> days) => new(
        days.Aggregate(default(LoadCounts), (sum, day) => sum + day.Counts), days.Sum(day => day.Unmet), null, HourLoad.Sum(days.SelectMany(day => day.Hours)));
}

/// <summary>The sums of a structure's month, or of a territory's. They name no person.</summary>
/// <param name="Structure">Null for the whole territory.</param>
/// <param name="Days">By the day of the month; one of which nothing is to be said is left out.</param>
public sealed record MonthSums(Territory Territory, StructureId? Structure, YearMonth Month, IReadOnlyDictionary<int, DaySums> Days) : IRow
{
    /// <summary>In the place of a structure, for the requests from a commune that is near none. No structure is called so.</summary>
    public static StructureId NoStructure { get; } = new("-");

    public DaySums Day(LocalDate date) => Days.GetValueOrDefault(date.Day, DaySums.None);

    public bool Says(MonthSums? other) => other is null
        ? Days.Count == 0
        : Days.Count == other.Days.Count && Days.All(day => other.Days.TryGetValue(day.Key, out var same) && day.Value.Says(same));
}

/// <summary>How far the days of a territory are summed.</summary>
/// <param name="Through">The last day that was past then: what it offered does not change any more.</param>
/// <param name="Said">What was said by then of the last days, as one number: it is summed again when another one comes.</param>
public sealed record SumsDone(LocalDate Through, int Said);

/// <summary>Keeps the frozen sums. Those of structures are written by <see cref="ITransactions"/>.</summary>
/// <remarks>Every member throws <see cref="StorageUnavailableException"/> when storage does not answer.</remarks>
public interface ISumsStore
{
    /// <summary>The months of a territory's structures: one range query.</summary>
    Task<IReadOnlyList<MonthSums>> ReadAsync(Territory territory, YearMonth from, YearMonth to, bool withHours, CancellationToken cancellationToken);

    /// <summary>The months of all territories: one range query.</summary>
    Task<IReadOnlyList<MonthSums>> ReadCountryAsync(YearMonth from, YearMonth to, bool withHours, CancellationToken cancellationToken);

    /// <summary>How far each territory is summed: one range query.</summary>
    Task<IReadOnlyDictionary<Territory, SumsDone>> ReadDoneAsync(CancellationToken cancellationToken);

    /// <summary>Writes the month of a whole territory, whatever is there.</summary>
    Task PutAsync(MonthSums month, CancellationToken cancellationToken);

    Task PutAsync(Territory territory, SumsDone done, CancellationToken cancellationToken);
}
