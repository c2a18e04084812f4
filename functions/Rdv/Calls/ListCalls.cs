using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NodaTime;
using Rdv.Directory;
using Rdv.Territories;

namespace Rdv.Calls;

/// <param name="Sheets">By due time.</param>
/// <param name="InTrouble">The territories whose calls could not be read.</param>
public sealed record CallsFound(IReadOnlyList<CallSheet> Sheets, IReadOnlyList<Territory> InTrouble);

/// <summary>The calls that the hotline has to make, by due time. One that time has overtaken is not shown.</summary>
public sealed partial class ListCalls(
    ICallStore calls, IEnumerable<ICallSubjects> subjects, IDirectoryStore directoryStore, IClock clock, ILogger<ListCalls> logger)
{
    private const int AtOnce = 16;
    private const int CallsAtOnce = 4;

    /// <param name="territory">Null for all.</param>
    /// <param name="until">Null for what is due now.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer, for any of them.</exception>
    public async Task<CallsFound> ExecuteAsync(Territory? territory, Instant? until, CancellationToken cancellationToken)
    {
        IReadOnlyList<Territory> territories = territory is { } one ? [one] : await directoryStore.ListTerritoriesAsync(cancellationToken);
        var limit = until ?? clock.GetCurrentInstant();
        var sheets = new ConcurrentBag<CallSheet>();
        var inTrouble = await territories.InEachAsync(
            AtOnce,
            async (where, token) => await Parallel.ForEachAsync(
                await calls.ListAsync(where, limit, token),
                new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce, CancellationToken = token },
                async (call, inner) =>
                {
                    if (await subjects.Single(candidate => candidate.About == call.Subject.Kind).SheetAsync(call, inner) is { } sheet)
                    {
                        sheets.Add(sheet);
                    }
                }),
            (where, exception) => LogInTrouble(logger, where.Code, exception),
            cancellationToken);
        return inTrouble.Count > 0 && inTrouble.Count == territories.Count
            ? throw new StorageUnavailableException("The calls of no territory could be read.")
            : new CallsFound(
                [.. sheets.Where(sheet => !inTrouble.Contains(sheet.Id.Territory)).OrderBy(sheet => sheet.Call.DueAt).ThenBy(sheet => sheet.Call.Id, StringComparer.Ordinal)],
                inTrouble);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The calls of territory {Territory} could not be read; the others are shown.")]
    private static partial void LogInTrouble(ILogger logger, string territory, Exception exception);
}
