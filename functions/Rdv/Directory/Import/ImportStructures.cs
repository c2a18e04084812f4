using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Directory.Import;

/// <summary>
/// Takes structures from a file in the columns of the national "schéma des lieux de médiation numérique". A line is one structure and
/// the place of the same id; <c>nb_conseillers</c> creates as many advisors to be named, those that are missing only.
/// </summary>
/// <remarks>
/// Repeatable: a line updates what has its id, and never touches an advisor who exists nor deletes anything. Rows are written territory
/// by territory; an import that was cut short is completed by running it again.
/// </remarks>
/// <param name="mailbox">An e-mail address for an advisor who is created; null leaves them without.</param>
public sealed class ImportStructures(IDirectoryStore store, WriteDirectory write, Func<AdvisorId, Territory, string?>? mailbox = null)
{
    /// <summary>The hours of an advisor who is created from a number.</summary>
    public const string DefaultHours = "lun-ven 09:00-12:00 14:00-17:00";

    public int MaxBytes { get; init; } = CsvFile.DefaultMaxBytes;

    /// <param name="dryRun">Says what would be done, and writes nothing.</param>
    /// <exception cref="StorageUnavailableException"/>
    public async Task<Result<ImportReport>> ExecuteAsync(Stream csv, bool dryRun, CancellationToken cancellationToken)
    {
        var problems = new ImportProblems();
        var (file, invalid) = await CsvFile.ReadAsync(csv, MaxBytes, StructureColumns.Required, problems, cancellationToken);
        if (file is null)
        {
            return new Refusal.Invalid("body", invalid);
        }

        var directories = new Directories(store);
        await directories.ReadAsync(cancellationToken);
        var taken = Check(file, directories, problems);

        var (created, updated, unchanged) = (0, 0, 0);
        foreach (var territory in taken.GroupBy(line => line.Territory).OrderBy(group => group.Key.Code, StringComparer.Ordinal))
        {
            var directory = directories[territory.Key];
            var homes = directory.Structures.Keys.ToHashSet();
            var rows = new List<IRow>();
            foreach (var line in territory)
            {
                var changes = new[]
                {
                    AddChanged(rows, Updated(directory.Structures.GetValueOrDefault(line.Structure.Id), line.Structure), directory.Structures.GetValueOrDefault(line.Structure.Id), DirectoryEquality.AreEqual),
                    AddChanged(rows, line.Place, directory.Places.GetValueOrDefault(line.Place.Id), (one, other) => one == other),
                    AddMissing(rows, directory, line, problems),
                };
                created += homes.Contains(line.Structure.Id) ? 0 : 1;
                updated += homes.Contains(line.Structure.Id) && changes.Contains(true) ? 1 : 0;
                unchanged += homes.Contains(line.Structure.Id) && !changes.Contains(true) ? 1 : 0;
            }

            if (!dryRun)
            {
                await write.ExecuteAsync(territory.Key, rows, (row, token) => DecideAsync(territory.Key, row, token), cancellationToken);
            }
        }

        return new ImportReport(file.Lines.Count, created, updated, unchanged, file.Lines.Count(line => line.IsRefused), problems.ToList());
    }

    private async Task<RowWrite?> DecideAsync(Territory territory, IRow row, CancellationToken cancellationToken) => row switch
    {
        Structure structure => await store.FindStructureAsync(territory, structure.Id, cancellationToken) is { } stored
            ? new RowWrite.Replace(Updated(stored.Value, structure), stored.ETag)
            : new RowWrite.Insert(structure),

        // Whoever has come meanwhile is there, and has their own hours.
        Advisor advisor => await store.FindAdvisorAsync(territory, advisor.Id, cancellationToken) is null ? new RowWrite.Insert(advisor) : null,

        // Nothing but an import writes places.
        _ => new RowWrite.Put(row),
    };

    internal static AdvisorId AdvisorIdOf(string structure, int number) => new($"{structure}-{number}");

    private static List<StructureLine> Check(CsvFile file, Directories directories, ImportProblems problems)
    {
        var taken = new List<StructureLine>();
        var idLines = new Dictionary<string, int>();
        var siretLines = new Dictionary<string, int>();
        var elsewhere = directories.All.SelectMany(directory => directory.Structures.Keys, (directory, id) => (id, directory.Territory)).ToLookup(pair => pair.id, pair => pair.Territory);
        foreach (var line in file.Lines.Where(line => !line.IsRefused))
        {
            if (line[StructureColumns.Id] is { } id && !idLines.TryAdd(id, line.Number))
            {
                problems.Refuse(line, StructureColumns.Id, $"L'identifiant {id} est déjà celui de la ligne {idLines[id]}.");
            }

            var read = StructureLine.Read(line, problems);
            if (read?.Structure.Siret is { } siret && !siretLines.TryAdd(siret, line.Number))
            {
                problems.Warn(line, StructureColumns.Pivot, $"Le SIRET {siret} est déjà celui de la ligne {siretLines[siret]}.");
            }

            if (read is null)
            {
                continue;
            }

            if (elsewhere[read.Structure.Id].Where(territory => territory != read.Territory).ToArray() is { Length: > 0 } others)
            {
                problems.Warn(line, StructureColumns.Id, $"Une structure {read.Structure.Id} existe aussi dans le territoire {others[0]} : elle y reste.");
            }

            taken.Add(read);
        }

        return taken;
    }

    /// <summary>What a file does not say stays as it was.</summary>
    private static Structure Updated(Structure? before, Structure structure) =>
        before is null ? structure : structure with { SlotStepMinutes = before.SlotStepMinutes, WorkedHolidays = before.WorkedHolidays };

    private static bool AddChanged<T>(List<IRow> rows, T row, T? before, Func<T, T, bool> same)
        where T : class, IRow
    {
        var changed = before is null || !same(before, row);
        if (changed)
        {
            rows.Add(row);
        }

        return changed;
    }

    private bool AddMissing(List<IRow> rows, TerritoryDirectory directory, StructureLine line, ImportProblems problems)
    {
        var added = false;
        OpeningHoursText.TryParse(DefaultHours, line.Place.Id, out var hours, out _);
        for (var number = 1; number <= line.Advisors; number++)
        {
            var id = AdvisorIdOf(line.Structure.Id.Value, number);
            if (!directory.Advisors.ContainsKey(id))
            {
                rows.Add(new Advisor(id, line.Structure.Id, $"Conseiller {number}", mailbox?.Invoke(id, line.Territory), null, [], hours));
                added = true;
            }
        }

        if (line.Line[StructureColumns.Advisors] is not null
            && directory.Advisors.TryGetValue(AdvisorIdOf(line.Structure.Id.Value, line.Advisors + 1), out var beyond)
            && beyond.StructureId == line.Structure.Id
            && beyond.LeavesOn is null)
        {
            problems.Warn(line.Line, StructureColumns.Advisors, $"La structure a déjà plus de {line.Advisors} conseillers : personne n'est supprimé.");
        }

        return added;
    }
}
