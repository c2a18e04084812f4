using NodaTime;
using Rdv.Directory;
using Rdv.Territories;

namespace Rdv.Calls;

/// <summary>The calls that the hotline has to make, by due time. One that time has overtaken is not shown.</summary>
public sealed class ListCalls(
    ICallStore calls, IEnumerable<ICallSubjects> subjects, IDirectoryStore directoryStore, IClock clock)
{
    private const int AtOnce = 16;

    /// <param name="territory">Null for all.</param>
    /// <param name="until">Null for what is due now.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<IReadOnlyList<CallSheet>> ExecuteAsync(Territory? territory, Instant? until, CancellationToken cancellationToken)
    {
        IReadOnlyList<Territory> territories = territory is { } one ? [one] : await directoryStore.ListTerritoriesAsync(cancellationToken);
        var limit = until ?? clock.GetCurrentInstant();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        var listed = new IReadOnlyList<CallToMake>[territories.Count];
        await Parallel.ForAsync(0, territories.Count, options, async (i, token) => listed[i] = await calls.ListAsync(territories[i], limit, token));

        var open = listed.SelectMany(list => list).OrderBy(call => call.DueAt).ToList();
        var sheets = new CallSheet?[open.Count];
        await Parallel.ForAsync(0, open.Count, options, async (i, token) => sheets[i] = await subjects.Single(candidate => candidate.About == open[i].Subject.Kind).SheetAsync(open[i], token));
        return [.. sheets.OfType<CallSheet>()];
    }
}
