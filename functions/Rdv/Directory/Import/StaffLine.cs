using Rdv.Staff;

namespace Rdv.Directory.Import;

/// <summary>The columns of the staff file.</summary>
internal static class StaffColumns
{
    public const string Email = "email";
    public const string Name = "name";
    public const string Role = "role";
    public const string From = "from";
    public const string To = "to";

    public static IReadOnlyCollection<string> Required { get; } = [Email, Name, Role];
}

/// <summary>What a line of the staff file says: one role of one person.</summary>
internal sealed record StaffLine(CsvLine Line, string Address, string Name, StaffGrant Grant, bool SaysFrom, bool SaysTo)
{
    /// <returns>Null when the line is refused. Everything that is wrong with it has been said.</returns>
    public static StaffLine? Read(CsvLine line, CsvFile file, Directories directories, ImportProblems problems)
    {
        var name = StaffForm.NameOf(line[StaffColumns.Name]);
        if (name is null)
        {
            problems.Refuse(line, StaffColumns.Name, $"Le nom manque, ou dépasse {StaffForm.MaxName} caractères.");
        }

        var address = StaffAddress.Of(line[StaffColumns.Email]);
        if (address is null)
        {
            problems.Refuse(line, StaffColumns.Email, $"Cette adresse électronique n'est pas correcte. {People.EmailAddress.ProblemOf(line[StaffColumns.Email])}".TrimEnd());
        }

        var grant = new StaffGrantForm(line[StaffColumns.Role], line[StaffColumns.From], line[StaffColumns.To])
            .Read((column, message) => problems.Refuse(line, column, message));
        if (grant?.Role is { Territory: { } territory } role && StaffPlaces.ProblemOf(role, directories[territory]) is { } missing)
        {
            problems.Refuse(line, StaffColumns.Role, missing);
        }

        return line.IsRefused ? null : new StaffLine(line, address!, name!, grant!, file.Has(StaffColumns.From), file.Has(StaffColumns.To));
    }

    public bool Adds(StaffPerson? before) => before is null || before.Grants.All(grant => grant.Role != Grant.Role);

    /// <summary>What the line makes of a person, or of nobody. A column that the file does not have says nothing.</summary>
    public StaffPerson Over(StaffPerson? before, StaffId id)
    {
        var stored = before?.Grants.FirstOrDefault(grant => grant.Role == Grant.Role);
        var grant = new StaffGrant(Grant.Role, SaysFrom ? Grant.From : stored?.From, SaysTo ? Grant.To : stored?.To);
        return before is null
            ? new StaffPerson(id, Name, Address, [grant])
            : before with
            {
                Name = Name,
                Grants = stored is null ? [.. before.Grants, grant] : [.. before.Grants.Select(held => held == stored ? grant : held)],
            };
    }
}
