using Rdv.Ids;
using Rdv.Transactions;

namespace Rdv.Directory.Import;

/// <summary>
/// Takes advisors from a file with the columns <c>id, structure_id, first_name, last_name, email, phone, topics, opening_hours</c>.
/// </summary>
/// <remarks>
/// Repeatable: a line updates the advisor of its id, and deletes nobody. An empty cell of opening hours, and a column that the file does
/// not have, leave what is known as it is; the day on which an advisor leaves is never touched.
/// </remarks>
public sealed class ImportAdvisors(IDirectoryStore store, WriteDirectory write, IImportAgenda agenda)
{
    public int MaxBytes { get; init; } = CsvFile.DefaultMaxBytes;

    /// <param name="dryRun">Says what would be done, and writes nothing.</param>
    /// <exception cref="StorageUnavailableException"/>
    public async Task<Result<ImportReport>> ExecuteAsync(Stream csv, bool dryRun, CancellationToken cancellationToken)
    {
        var problems = new ImportProblems();
        var (file, invalid) = await CsvFile.ReadAsync(csv, MaxBytes, AdvisorColumns.Required, problems, cancellationToken);
        if (file is null)
        {
            return new Refusal.Invalid("body", invalid);
        }

        var directories = new Directories(store);
        await directories.ReadAsync(cancellationToken);
        var taken = Check(file, directories, problems);
        var changed = taken.Where(line => line.IsChange).ToArray();
        if (!dryRun)
        {
            await WriteAsync(changed, cancellationToken);
        }

        return new ImportReport(
            file.Lines.Count,
            Created: changed.Count(line => line.Before is null),
            Updated: changed.Count(line => line.Before is not null),
            Unchanged: taken.Count - changed.Length,
            Refused: file.Lines.Count(line => line.IsRefused),
            problems.ToList());
    }

    private static List<AdvisorLine> Check(CsvFile file, Directories directories, ImportProblems problems)
    {
        var taken = new List<AdvisorLine>();
        var idLines = new Dictionary<string, int>();
        var people = new KnownPeople(file, directories);
        var known = new KnownStructures(directories);
        foreach (var line in file.Lines.Where(line => !line.IsRefused))
        {
            if (line[AdvisorColumns.Id] is { } id && !idLines.TryAdd(id, line.Number))
            {
                problems.Refuse(line, AdvisorColumns.Id, $"Cet identifiant est déjà celui de la ligne {idLines[id]}.");
            }

            people.Check(line, problems);
            if (AdvisorLine.Read(line, file, directories, known, problems) is { } read)
            {
                taken.Add(read);
            }
        }

        return taken;
    }

    private async Task WriteAsync(AdvisorLine[] changed, CancellationToken cancellationToken)
    {
        foreach (var territory in changed.GroupBy(line => line.Territory).OrderBy(group => group.Key.Code, StringComparer.Ordinal))
        {
            var move = new MoveAdvisor(store, write, agenda);
            foreach (var line in territory.Where(line => line.From is not null))
            {
                await move.ExecuteAsync(line.From!.Value, line.Territory, line.Over(line.Before) with { LeavesOn = null }, cancellationToken);
            }

            var staying = territory.Where(line => line.From is null || line.Before is { LeavesOn: null }).ToList();
            foreach (var line in await write.ExecuteAsync(territory.Key, staying, DecideAsync, cancellationToken))
            {
                await agenda.RewriteAsync(line.Territory, line.Id, line.Changed, cancellationToken);
            }
        }
    }

    /// <returns>Null when the advisor offers something else from now on: the row alone would not tell.</returns>
    private async Task<RowWrite?> DecideAsync(AdvisorLine line, CancellationToken cancellationToken) =>
        await store.FindAdvisorAsync(line.Territory, line.Id, cancellationToken) switch
        {
            null => new RowWrite.Insert(line.Over(null)),
            { } stored when line.ChangesOffer(stored.Value) => null,
            { } stored => new RowWrite.Replace(line.Over(stored.Value), stored.ETag),
        };
}
