using Rdv.Territories;

namespace Rdv.Directory.Import;

/// <summary>
/// Takes advisors from a file with the columns <c>id, structure_id, first_name, last_name, email, phone, topics, opening_hours</c>.
/// </summary>
/// <remarks>
/// Repeatable: a line updates the advisor of its id, and deletes nobody. An empty cell of opening hours, and a column that the file does
/// not have, leave what is known as it is; the day on which an advisor leaves is never touched.
/// </remarks>
/// <param name="changeHours">
/// Writes an advisor whose opening hours changed, since the months of their agenda change with them; null writes the row alone. The
/// version of the hours has already risen.
/// </param>
public sealed class ImportAdvisors(IDirectoryStore store, Func<Territory, Advisor, Advisor, CancellationToken, Task>? changeHours = null)
{
    public int MaxBytes { get; init; } = CsvFile.DefaultMaxBytes;

    /// <param name="dryRun">Says what would be done, and writes nothing.</param>
    /// <exception cref="StorageUnavailableException"/>
    public async Task<ImportOutcome> ExecuteAsync(Stream csv, bool dryRun, CancellationToken cancellationToken)
    {
        var problems = new ImportProblems();
        var (file, invalid) = await CsvFile.ReadAsync(csv, MaxBytes, AdvisorColumns.Required, problems, cancellationToken);
        if (file is null)
        {
            return new ImportOutcome.Invalid(invalid);
        }

        var directories = new Directories(store);
        await directories.ReadAsync(cancellationToken);
        var taken = Check(file, directories, problems);
        var changed = taken.Where(line => line.Before is null || !SameRows.Same(line.Before, line.After)).ToArray();
        if (!dryRun)
        {
            await WriteAsync(changed, cancellationToken);
        }

        return new ImportOutcome.Done(
            new ImportReport(
                file.Lines.Count,
                Created: changed.Count(line => line.Before is null),
                Updated: changed.Count(line => line.Before is not null),
                Unchanged: taken.Count - changed.Length,
                Refused: file.Lines.Count(line => line.IsRefused),
                problems.ToList()),
            changed.Where(line => line.HoursChanged).Select(line => new AdvisorChange(line.Home.Territory, line.Before!, line.After)).ToArray());
    }

    private static List<AdvisorLine> Check(CsvFile file, Directories directories, ImportProblems problems)
    {
        var taken = new List<AdvisorLine>();
        var idLines = new Dictionary<string, int>();
        foreach (var line in file.Lines.Where(line => !line.IsRefused))
        {
            if (line[AdvisorColumns.Id] is { } id && !idLines.TryAdd(id, line.Number))
            {
                problems.Refuse(line, AdvisorColumns.Id, $"Cet identifiant est déjà celui de la ligne {idLines[id]}.");
            }

            if (AdvisorLine.Read(line, file, directories, problems) is { } read)
            {
                taken.Add(read);
            }
        }

        return taken;
    }

    private async Task WriteAsync(AdvisorLine[] changed, CancellationToken cancellationToken)
    {
        foreach (var territory in changed.GroupBy(line => line.Home.Territory).OrderBy(group => group.Key.Code, StringComparer.Ordinal))
        {
            var alone = territory.Where(line => changeHours is null || !line.HoursChanged).Select(line => line.After).ToArray();
            if (alone.Length > 0)
            {
                await store.UpsertAsync(territory.Key, [], [], alone, cancellationToken);
            }

            foreach (var line in territory.Where(line => changeHours is not null && line.HoursChanged))
            {
                await changeHours!(territory.Key, line.Before!, line.After, cancellationToken);
            }
        }
    }
}
