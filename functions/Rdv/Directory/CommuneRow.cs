using System.Globalization;

namespace Rdv.Directory;

/// <summary>One line of <c>communes.csv</c>; <c>build-communes.mjs</c> says what each column holds.</summary>
/// <param name="Name">Empty for a former INSEE code.</param>
/// <param name="City">
/// The city of a municipal arrondissement, the commune of today (or the arrondissement) for a former one and for a quarter; null for a commune of today.
/// </param>
internal sealed record CommuneRow(
    string Insee, string Name, string[] Postcodes, string Group, string Arrondissement, int Population, CommuneRow? City)
{
    /// <summary>A former commune has no population of its own.</summary>
    public bool IsArrondissement => City is not null && Population > 0;

    /// <summary>What a person who names this one lives in today.</summary>
    public CommuneRow Today => City is null || IsArrondissement ? this : City;

    public static IReadOnlyList<CommuneRow> Load()
    {
        var rows = new List<CommuneRow>(40_000);
        var communes = new Dictionary<string, CommuneRow>(36_000);

        // A city comes before its arrondissements and its former communes.
        foreach (var cells in Lines("communes.csv"))
        {
            var city = cells[6].Length > 0 ? communes[cells[6]] : null;
            var row = new CommuneRow(
                cells[0],
                cells[1],
                cells[2].Length > 0 ? cells[2].Split(' ') : city!.Postcodes,
                cells[3].Length > 0 ? cells[3] : city?.Group ?? "",
                cells[4].Length > 0 ? cells[4] : city?.Arrondissement ?? "",
                cells[5].Length > 0 ? int.Parse(cells[5], CultureInfo.InvariantCulture) : 0,
                city);
            rows.Add(row);
            if (city is null)
            {
                communes.Add(row.Insee, row);
            }
        }

        // What people call their town though it is none. It has no code of its own.
        var byInsee = rows.Where(row => row.Today == row).ToDictionary(row => row.Insee);
        foreach (var cells in Lines("quarters.csv"))
        {
            var town = byInsee[cells[1]];
            rows.Add(town with { Name = cells[0], Population = 0, City = town });
        }

        return rows;
    }

    private static IEnumerable<string[]> Lines(string file)
    {
        using var stream = typeof(CommuneRow).Assembly.GetManifestResourceStream(file)!;
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            yield return line.Split(';');
        }
    }
}
