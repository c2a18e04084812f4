using Rdv.Ids;
using Rdv.Territories;
using Columns = Rdv.Directory.Import.AdvisorColumns;

namespace Rdv.Directory.Import;

/// <summary>One real advisor has one identifier: a second with the same address would be offered beside the first, and be two places at once.</summary>
internal sealed class KnownPeople
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, (Territory Territory, AdvisorId Id)> _known;

    public KnownPeople(CsvFile file, Directories directories)
    {
        // Whom the file names has the address that it gives them.
        var named = file.Lines.Select(line => DirectoryIds.KeyOf(line[Columns.Id], secretive: true)).OfType<string>().ToHashSet();
        _known = directories.All
            .SelectMany(directory => directory.Advisors.Values, (directory, advisor) => (directory.Territory, advisor))
            .Where(pair => pair.advisor is { Email: not null, LeavesOn: null } && !named.Contains(pair.advisor.Id.Value))
            .ToLookup(pair => pair.advisor.Email!, pair => (pair.Territory, pair.advisor.Id), StringComparer.OrdinalIgnoreCase);
    }

    public void Check(CsvLine line, ImportProblems problems)
    {
        if (line[Columns.Email] is not { } email)
        {
            return;
        }

        if (!_lines.TryAdd(email, line.Number))
        {
            problems.Refuse(line, Columns.Email, $"Cette adresse électronique est déjà celle de la ligne {_lines[email]} : une personne a une seule ligne.");
        }
        else if (_known[email].Select(known => $"{known.Id} ({known.Territory})").FirstOrDefault() is { } other)
        {
            problems.Refuse(line, Columns.Email, $"Cette adresse électronique est déjà celle du conseiller {other} : une personne garde son identifiant.");
        }
    }
}
