using NodaTime;
using Rdv.Staff;
using Rdv.Transactions;

namespace Rdv.Directory.Import;

/// <summary>Takes people of the staff from a file with the columns <c>email, name, role, from, to</c>: a line is one role of one person.</summary>
/// <remarks>
/// Repeatable: a line gives the role, or changes its days, and takes nothing from anybody. A role ends by its last day. Accounts stay bound.
/// </remarks>
public sealed class ImportStaff(IStaffStore store, IDirectoryStore directoryStore, ChangeStaff change, IClock clock)
{
    // Each is two rows at most, and what guards the administrators one more.
    private const int PeopleAtOnce = (ITransactions.MaxRows - 1) / 2;

    public int MaxBytes { get; init; } = CsvFile.DefaultMaxBytes;

    /// <param name="dryRun">Says what would be done, and writes nothing.</param>
    /// <param name="by">Who imports, when they are in the directory themselves.</param>
    /// <exception cref="StorageUnavailableException"/>
    public async Task<Result<ImportReport>> ExecuteAsync(Stream csv, bool dryRun, StaffId? by, CancellationToken cancellationToken)
    {
        var problems = new ImportProblems();
        var (file, invalid) = await CsvFile.ReadAsync(csv, MaxBytes, StaffColumns.Required, problems, cancellationToken);
        if (file is null)
        {
            return new Refusal.Invalid("body", invalid);
        }

        var directories = new Directories(directoryStore);
        await directories.ReadAsync(cancellationToken);
        var known = await ReadAsync(cancellationToken);
        var people = Check(file, directories, known, problems);
        if (by is not null)
        {
            KeepAnAdmin(people, known, problems);
        }

        var (created, updated, unchanged) = Count(people, known);
        if (!dryRun)
        {
            foreach (var chunk in people.Where(person => person.IsChange(known)).Chunk(PeopleAtOnce))
            {
                if ((await WriteAsync(chunk, known, by, cancellationToken)).Refusal is { } refusal)
                {
                    return refusal;
                }
            }
        }

        return new ImportReport(file.Lines.Count, created, updated, unchanged, file.Lines.Count(line => line.IsRefused), problems.ToList());
    }

    private static List<Wanted> Check(CsvFile file, Directories directories, Dictionary<string, Stored<StaffPerson>> known, ImportProblems problems)
    {
        var people = new Dictionary<string, Wanted>();
        foreach (var line in file.Lines.Where(line => !line.IsRefused))
        {
            if (StaffLine.Read(line, file, directories, problems) is not { } read)
            {
                continue;
            }

            if (!people.TryGetValue(read.Address, out var person))
            {
                people[read.Address] = person = new Wanted(read.Address, StaffId.Draw(), []);
            }

            if (person.Lines.FirstOrDefault() is { } first && first.Name != read.Name)
            {
                problems.Refuse(line, StaffColumns.Name, $"Cette adresse électronique est celle de « {first.Name} » à la ligne {first.Line.Number} : une personne a un seul nom.");
            }
            else if (person.Lines.Find(other => other.Grant.Role == read.Grant.Role) is { } twice)
            {
                problems.Refuse(line, StaffColumns.Role, $"Cette personne a déjà ce rôle à la ligne {twice.Line.Number}.");
            }
            else if (read.Adds(known.GetValueOrDefault(read.Address)?.Value)
                && (known.GetValueOrDefault(read.Address)?.Value.Grants.Count ?? 0) + person.Lines.Count >= StaffForm.MaxRoles)
            {
                problems.Refuse(line, StaffColumns.Role, $"Une personne a {StaffForm.MaxRoles} rôles au plus.");
            }
            else
            {
                person.Lines.Add(read);
            }
        }

        return [.. people.Values.Where(person => person.Lines.Count > 0)];
    }

    private void KeepAnAdmin(List<Wanted> people, Dictionary<string, Stored<StaffPerson>> known, ImportProblems problems)
    {
        var now = clock.GetCurrentInstant();
        var after = known.ToDictionary(pair => pair.Key, pair => pair.Value.Value);
        foreach (var person in people)
        {
            after[person.Address] = person.Over(known)!;
        }

        if (known.Values.Any(stored => stored.Value.IsAdminAt(now)) && !after.Values.Any(person => person.IsAdminAt(now)))
        {
            foreach (var line in people.SelectMany(person => person.Lines).Where(line => line.Grant.Role.Kind == StaffRoleKind.Admin))
            {
                problems.Refuse(line.Line, StaffColumns.To, ChangeStaff.LastAdmin);
            }

            people.ForEach(person => person.Lines.RemoveAll(line => line.Line.IsRefused));
            people.RemoveAll(person => person.Lines.Count == 0);
        }
    }

    private static (int Created, int Updated, int Unchanged) Count(List<Wanted> people, Dictionary<string, Stored<StaffPerson>> known)
    {
        var (created, updated, unchanged) = (0, 0, 0);
        foreach (var person in people)
        {
            var stored = known.GetValueOrDefault(person.Address)?.Value;
            foreach (var line in person.Lines)
            {
                var next = line.Over(stored, person.Id);
                if (line.Adds(stored))
                {
                    created++;
                }
                else if (next.IsLike(stored!))
                {
                    unchanged++;
                }
                else
                {
                    updated++;
                }

                stored = next;
            }
        }

        return (created, updated, unchanged);
    }

    /// <summary>Decided from what was read for the report, and after a conflict from what is there by then.</summary>
    private Task<Result<bool>> WriteAsync(Wanted[] chunk, Dictionary<string, Stored<StaffPerson>> known, StaffId? by, CancellationToken cancellationToken)
    {
        var current = known;
        return change.WriteAsync<bool>(
            async token =>
            {
                var stored = current ?? await ReadAsync(token);
                current = null;
                var rows = new List<RowWrite>();
                var changes = new List<(StaffPerson, StaffPerson?)>();
                foreach (var person in chunk.Where(person => person.IsChange(stored)))
                {
                    var after = person.Over(stored)!;
                    if (stored.TryGetValue(person.Address, out var before))
                    {
                        rows.Add(new RowWrite.Replace(after, before.ETag));
                        changes.Add((before.Value, after));
                    }
                    else
                    {
                        rows.AddRange([new RowWrite.Insert(after), new RowWrite.Insert(new StaffAddressOwner(after.Address, after.Id))]);
                    }
                }

                return await change.LosesAdminAsync(changes, by, rows, token) is { } refusal ? refusal
                    : rows.Count == 0 ? true
                    : new Decision<bool>.Write(rows, true);
            },
            cancellationToken);
    }

    private async Task<Dictionary<string, Stored<StaffPerson>>> ReadAsync(CancellationToken cancellationToken) =>
        (await store.ListAsync(cancellationToken)).ToDictionary(stored => stored.Value.Address);

    /// <summary>All that the file says of one person.</summary>
    private sealed record Wanted(string Address, StaffId Id, List<StaffLine> Lines)
    {
        public StaffPerson? Over(Dictionary<string, Stored<StaffPerson>> known) =>
            Lines.Aggregate(known.GetValueOrDefault(Address)?.Value, (person, line) => line.Over(person, Id));

        public bool IsChange(Dictionary<string, Stored<StaffPerson>> known) =>
            Over(known) is { } after && (known.GetValueOrDefault(Address)?.Value is not { } before || !after.IsLike(before));
    }
}
