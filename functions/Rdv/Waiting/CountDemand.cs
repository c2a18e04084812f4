using NodaTime;
using Rdv.Directory;
using Rdv.Territories;

namespace Rdv.Waiting;

/// <param name="Commune">Its name; null when only the territory is known.</param>
public sealed record DemandCount(string Week, Territory Territory, string? Insee, string? Commune, string Topic, int Count);

/// <param name="Counts">By week, then the most asked for first.</param>
public sealed record UnmetDemand(LocalDate From, LocalDate To, IReadOnlyList<DemandCount> Counts);

/// <summary>Where, and about what, people asked and nothing was free: by commune, topic and week.</summary>
public sealed class CountDemand(IDemandStore demand, IDirectoryStore directoryStore, IClock clock)
{
    public const int MaxDays = 366;

    private const int DefaultDays = 7 * 12;
    private const int AtOnce = 16;

    /// <param name="territory">Null for all.</param>
    /// <param name="from">Its whole week counts; twelve weeks before <paramref name="to"/> when null.</param>
    /// <param name="to">Its whole week counts; today when null.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<UnmetDemand>> ExecuteAsync(Territory? territory, LocalDate? from, LocalDate? to, CancellationToken cancellationToken)
    {
        // Days around the world: a request of this minute is already of tomorrow in Wallis.
        var last = to ?? clock.GetCurrentInstant().InUtc().Date.PlusDays(1);
        var first = from ?? last.PlusDays(-DefaultDays);
        if (last < first || Period.DaysBetween(first, last) >= MaxDays)
        {
            return new Refusal.Invalid("to", $"Choisissez une période de {MaxDays} jours au plus, qui finit après son début.");
        }

        IReadOnlyList<Territory> territories = territory is { } one ? [one] : await directoryStore.ListTerritoriesAsync(cancellationToken);
        var found = new IReadOnlyList<Demand>[territories.Count];
        await Parallel.ForAsync(
            0,
            territories.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, token) => found[i] = await demand.ListAsync(territories[i], Demand.WeekOf(first), Demand.WeekOf(last), token));
        return new UnmetDemand(first, last, [.. found
            .SelectMany(list => list)
            .CountBy(one => (one.Week, one.Territory, one.Insee, one.Topic))
            .Select(group => new DemandCount(
                group.Key.Week, group.Key.Territory, group.Key.Insee, Communes.Find(group.Key.Insee)?.Name, group.Key.Topic, group.Value))
            .OrderBy(count => count.Week, StringComparer.Ordinal)
            .ThenByDescending(count => count.Count)
            .ThenBy(count => count.Territory.Code, StringComparer.Ordinal)
            .ThenBy(count => count.Insee, StringComparer.Ordinal)
            .ThenBy(count => count.Topic, StringComparer.Ordinal)]);
    }
}
