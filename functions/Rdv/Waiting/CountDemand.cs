using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Directory;
using Rdv.Territories;

namespace Rdv.Waiting;

/// <param name="Commune">Its name; null when only the territory is known.</param>
public sealed record DemandCount(string Week, Territory Territory, string? Insee, string? Commune, string Topic, int Count);

/// <param name="Counts">By week, then the most asked for first.</param>
public sealed record UnmetDemand(LocalDate From, LocalDate To, IReadOnlyList<DemandCount> Counts)
{
    /// <summary>The territories that could not be read.</summary>
    public IReadOnlyList<Territory> InTrouble { get; init; } = [];
}

/// <summary>Where, and about what, people asked and nothing was free: by commune, topic and week.</summary>
public sealed partial class CountDemand(IDemandStore demand, IDirectoryStore directoryStore, IClock clock, ILogger<CountDemand> logger)
{
    public const int MaxDays = 366;

    private const int DefaultDays = 7 * 12;
    private const int AtOnce = 16;

    /// <param name="territory">Null for all.</param>
    /// <param name="from">Its whole week counts; twelve weeks before <paramref name="to"/> when null.</param>
    /// <param name="to">Its whole week counts; today when null.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer, for any of them.</exception>
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
        var found = new ConcurrentBag<IReadOnlyList<Demand>>();
        var inTrouble = await territories.InEachAsync(
            AtOnce,
            async (where, token) => found.Add(await demand.ListAsync(where, Demand.WeekOf(first), Demand.WeekOf(last), token)),
            (where, exception) => LogInTrouble(logger, where.Code, exception),
            cancellationToken);
        if (inTrouble.Count > 0 && inTrouble.Count == territories.Count)
        {
            throw new StorageUnavailableException("The demand of no territory could be read.");
        }

        return new UnmetDemand(first, last, [.. found
            .SelectMany(list => list)
            .CountBy(one => (one.Week, one.Territory, one.Insee, one.Topic))
            .Select(group => new DemandCount(
                group.Key.Week, group.Key.Territory, group.Key.Insee, Communes.Find(group.Key.Insee)?.Name, group.Key.Topic, group.Value))
            .OrderBy(count => count.Week, StringComparer.Ordinal)
            .ThenByDescending(count => count.Count)
            .ThenBy(count => count.Territory.Code, StringComparer.Ordinal)
            .ThenBy(count => count.Insee, StringComparer.Ordinal)
            .ThenBy(count => count.Topic, StringComparer.Ordinal)])
        { InTrouble = inTrouble };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The demand of territory {Territory} could not be read; the others are shown.")]
    private static partial void LogInTrouble(ILogger logger, string territory, Exception exception);
}
