using System.Collections.Concurrent;
using Rdv.Territories;

namespace Rdv.Directory;

/// <summary>Work that is done territory by territory: one in trouble holds up no other.</summary>
public static class TerritoryWalk
{
    /// <summary>Does the work in each, in another order each time, so that what time or money does not reach is not always the same.</summary>
    /// <param name="failed">Told of each failure, when it happens.</param>
    /// <returns>The territories in which it failed, by code.</returns>
    public static async Task<IReadOnlyList<Territory>> InEachAsync(
        this IEnumerable<Territory> territories,
        int atOnce,
        Func<Territory, CancellationToken, Task> work,
        Action<Territory, Exception> failed,
        CancellationToken cancellationToken)
    {
        var shuffled = territories.ToArray();
        Random.Shared.Shuffle(shuffled);
        var inTrouble = new ConcurrentBag<Territory>();
        await Parallel.ForEachAsync(
            shuffled,
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
            async (territory, token) =>
            {
                try
                {
                    await work(territory, token);
                }
                catch (Exception exception) when (exception is not OperationCanceledException || !token.IsCancellationRequested)
                {
                    inTrouble.Add(territory);
                    failed(territory, exception);
                }
            });
        return [.. inTrouble.OrderBy(territory => territory.Code, StringComparer.Ordinal)];
    }

    /// <summary>How a log names them: <c>13, 2A</c>.</summary>
    public static string Codes(this IEnumerable<Territory> territories) => string.Join(", ", territories.Select(territory => territory.Code));
}
