using NodaTime;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Directory.Import;

/// <summary>
/// Takes structures from a file in the columns of the national "schéma des lieux de médiation numérique". A line is one structure and
/// the place of the same id; <c>nb_conseillers</c> creates as many advisors to be named, those that are missing only, who receive when
/// <c>horaires</c> says that the structure opens.
/// </summary>
/// <remarks>
/// Repeatable: a line updates what has its id, and deletes nothing. An advisor who exists is left as they are, but for two things: hours
/// that are still those of the structure follow it, and a structure that is in another territory now takes its advisors along
/// (docs/adr/0011). Rows are written territory by territory; an import that was cut short is completed by running it again.
/// </remarks>
/// <param name="mailbox">An e-mail address for an advisor who is created; null leaves them without.</param>
public sealed class ImportStructures(
    IDirectoryStore store, WriteDirectory write, IImportAgenda agenda, Func<AdvisorId, Territory, string?>? mailbox = null)
{
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
            var rows = new List<IRow>();
            var later = new List<Func<Task>>();
            foreach (var line in territory)
            {
                var known = line.Before is not null || line.From is not null;
                var changed = Plan(line, directories, rows, later, problems, cancellationToken);
                created += known ? 0 : 1;
                updated += known && changed ? 1 : 0;
                unchanged += known && !changed ? 1 : 0;
            }

            if (dryRun)
            {
                continue;
            }

            await write.ExecuteAsync(territory.Key, rows, (row, token) => DecideAsync(territory.Key, row, token), cancellationToken);
            foreach (var step in later)
            {
                await step();
            }
        }

        return new ImportReport(file.Lines.Count, created, updated, unchanged, file.Lines.Count(line => line.IsRefused), problems.ToList());
    }

    internal static AdvisorId AdvisorIdOf(StructureId structure, int number) => new(DirectoryIds.KeyOf($"{structure}-{number}")!);

    /// <param name="later">What cannot be in one transaction with the rows.</param>
    /// <returns>Whether the line changes anything.</returns>
    private bool Plan(
        StructureLine line, Directories directories, List<IRow> rows, List<Func<Task>> later, ImportProblems problems, CancellationToken cancellationToken)
    {
        var directory = directories[line.Territory];
        var (rowsBefore, laterBefore) = (rows.Count, later.Count);
        if (line.Before is not { } before || !DirectoryEquality.AreEqual(before, Updated(before, line.Structure)))
        {
            rows.Add(line.Structure);
        }

        if (directory.Places.GetValueOrDefault(line.Place.Id) != line.Place)
        {
            rows.Add(line.Place);
        }

        var hours = HostHours.Of(line.Structure, line.Place.Id);
        AddMissing(rows, directory, line, hours, problems);
        FollowHours(line, directory, hours, later, cancellationToken);
        if (line.From is { } from)
        {
            later.Add(() => MoveAsync(line, from, directory, cancellationToken));
        }

        return rows.Count > rowsBefore || later.Count > laterBefore;
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

    private static List<StructureLine> Check(CsvFile file, Directories directories, ImportProblems problems)
    {
        var taken = new List<StructureLine>();
        var idLines = new Dictionary<StructureId, int>();
        var siretLines = new Dictionary<string, int>();
        var known = new KnownStructures(directories);
        var named = file.Lines.Select(line => DirectoryIds.KeyOf(line[StructureColumns.Id])).OfType<string>().Select(key => new StructureId(key)).ToHashSet();
        foreach (var line in file.Lines.Where(line => !line.IsRefused))
        {
            var read = StructureLine.Read(line, problems) is { } alone ? Identify(alone, known, directories, named, problems) : null;
            var id = read?.Structure.Id ?? (DirectoryIds.KeyOf(line[StructureColumns.Id]) is { } key ? new StructureId(key) : null);
            if (id is { } same && !idLines.TryAdd(same, line.Number))
            {
                problems.Refuse(line, StructureColumns.Id, $"L'identifiant {line[StructureColumns.Id]} est déjà celui de la ligne {idLines[same]}.");
            }

            if (read?.Structure.Siret is { } siret && !siretLines.TryAdd(siret, line.Number))
            {
                problems.Warn(line, StructureColumns.Pivot, $"Le SIRET {siret} est déjà celui de la ligne {siretLines[siret]}.");
            }

            if (read is not null && !line.IsRefused)
            {
                taken.Add(read);
            }
        }

        return taken;
    }

    private static StructureLine Identify(
        StructureLine line, KnownStructures known, Directories directories, HashSet<StructureId> named, ImportProblems problems)
    {
        var given = line.Line[StructureColumns.Id]!;
        if (known.Find(given) is [var (_, alias), ..] && alias.Id != line.Structure.Id && !named.Contains(alias.Id))
        {
            line = line.As(alias.Id);
        }
        else if (known.Find(given).Count == 0 && known.Twin(line, named) is { } twin)
        {
            problems.Warn(line.Line, StructureColumns.Id, $"« {given} » est la structure déjà connue sous l'identifiant {twin.SourceId ?? twin.Id.Value} : même nom, même adresse. Elle est mise à jour, et n'est pas créée une seconde fois.");
            line = line.As(twin.Id);
        }

        if (known.Elsewhere(line.Structure.Id, line.Territory) is { } elsewhere)
        {
            problems.Warn(line.Line, StructureColumns.Id, $"La structure {given} est dans le territoire {elsewhere.Territory} : elle passe dans {line.Territory} avec ses conseillers. Rien n'y est plus proposé dans {elsewhere.Territory} ; les rendez-vous déjà pris y restent, et chaque conseiller reçoit dans {line.Territory} dès le lendemain de son dernier.");
            line = line with { From = elsewhere };
        }

        return line with { Before = directories[line.Territory].Structures.GetValueOrDefault(line.Structure.Id) };
    }

    /// <summary>What a file does not say stays as it was.</summary>
    private static Structure Updated(Structure? before, Structure structure) =>
        before is null ? structure : structure with { SlotStepMinutes = before.SlotStepMinutes, WorkedHolidays = before.WorkedHolidays, PhoneShare = before.PhoneShare };

    private void AddMissing(List<IRow> rows, TerritoryDirectory directory, StructureLine line, HostHours hours, ImportProblems problems)
    {
        // Whoever is known by another identifier than a number is one of them, and so is who comes along from another territory.
        var ids = directory.AdvisorsOf(line.Structure.Id).Concat(line.From?.AdvisorsOf(line.Structure.Id) ?? []).Select(advisor => advisor.Id).ToHashSet();
        var present = ids.Count;
        if (line.Line[StructureColumns.Advisors] is not null && directory.AdvisorsOf(line.Structure.Id).Count(advisor => advisor.LeavesOn is null) > line.Advisors)
        {
            problems.Warn(line.Line, StructureColumns.Advisors, $"La structure a déjà plus de {line.Advisors} conseillers : personne n'est supprimé.");
        }

        for (var number = 1; ids.Count < line.Advisors; number++)
        {
            if (AdvisorIdOf(line.Structure.Id, number) is var id && ids.Add(id) && !directory.Advisors.ContainsKey(id))
            {
                rows.Add(new Advisor(id, line.Structure.Id, $"Conseiller {number}", mailbox?.Invoke(id, line.Territory), null, [], hours.Hours ?? []));
            }
        }

        SayHours(line, hours, created: ids.Count > present, problems);
    }

    private static void SayHours(StructureLine line, HostHours hours, bool created, ImportProblems problems)
    {
        if (line.Advisors == 0)
        {
            return;
        }

        if (hours.Hours is null)
        {
            problems.Warn(line.Line, HostHours.Column, $"{hours.Problem} Les horaires « {StructureLine.Short(HostHours.TextOf(line.Structure)!)} » ne sont pas pris : "
                + (created ? "aucun rendez-vous ne sera proposé avant que des heures soient saisies." : "les heures des conseillers restent comme elles étaient."));
        }

        foreach (var part in hours.Left)
        {
            problems.Warn(line.Line, HostHours.Column, $"« {StructureLine.Short(part)} » n'est pas pris : vérifiez les heures des conseillers.");
        }
    }

    /// <summary>Those who were created from a number, and whose hours nobody has changed since.</summary>
    private void FollowHours(StructureLine line, TerritoryDirectory directory, HostHours hours, List<Func<Task>> later, CancellationToken cancellationToken)
    {
        if (line.Before is not { } before || hours.Hours is not { } now
            || HostHours.Of(before, line.Place.Id).Hours is not { } then || DirectoryEquality.AreEqual(then, now))
        {
            return;
        }

        later.AddRange(Enumerable.Range(1, line.Advisors)
            .Select(number => AdvisorIdOf(line.Structure.Id, number))
            .Where(id => directory.Advisors.TryGetValue(id, out var advisor) && DirectoryEquality.AreEqual(advisor.Hours, then))
            .Select(id => (Func<Task>)(() => agenda.RewriteAsync(
                line.Territory, id, advisor => DirectoryEquality.AreEqual(advisor.Hours, then) ? advisor with { Hours = now } : null, cancellationToken))));
    }

    private async Task MoveAsync(StructureLine line, TerritoryDirectory from, TerritoryDirectory directory, CancellationToken cancellationToken)
    {
        var move = new MoveAdvisor(store, write, agenda);
        foreach (var advisor in from.AdvisorsOf(line.Structure.Id))
        {
            var there = directory.Advisors.GetValueOrDefault(advisor.Id);
            if (advisor.LeavesOn is null || MoveAdvisor.IsUnderWay(there))
            {
                // The place of the structure goes along; another one is on the other side of the border.
                var hours = advisor.Hours.Where(period => period.PlaceId == line.Place.Id || directory.Places.ContainsKey(period.PlaceId));
                await move.ExecuteAsync(from.Territory, line.Territory, advisor with { Hours = [.. hours], HoursVersion = 1 }, cancellationToken);
            }
        }

        // Last, so that a move that was cut short is taken up again.
        await write.ExecuteAsync(
            from.Territory,
            [line.Structure.Id],
            async (id, token) => await store.FindStructureAsync(from.Territory, id, token) is { } stored
                ? new RowWrite.Replace(stored.Value with { MovedTo = line.Territory }, stored.ETag)
                : null,
            cancellationToken);
    }
}
