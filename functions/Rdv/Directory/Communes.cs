using Rdv.Territories;

namespace Rdv.Directory;

/// <summary>The communes of France, in memory.</summary>
public static class Communes
{
    private const int MaxInTerritory = 100;

    private static readonly Lazy<IReadOnlyList<CommuneRow>> Rows = new(CommuneRow.Load);
    private static readonly Lazy<CommuneIndex> Index = new(() => new CommuneIndex(Rows.Value));
    private static readonly Lazy<Dictionary<string, CommuneRow>> ByInsee = new(() =>
    {
        var byInsee = new Dictionary<string, CommuneRow>(Rows.Value.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var row in Rows.Value)
        {
            // A former commune may have left its code to the commune of today, which comes first.
            byInsee.TryAdd(row.Insee, row);
        }

        return byInsee;
    });

    private static readonly Lazy<ILookup<string, CommuneRow>> ByPostcode = new(() => Rows.Value
        .Where(row => row.City is null)
        .SelectMany(row => row.Postcodes, (row, postcode) => (row, postcode))
        .ToLookup(pair => pair.postcode, pair => pair.row));

    private static readonly Lazy<ILookup<string, CommuneRow>> ByName = new(() => Rows.Value
        .Where(row => row.Name.Length > 0)
        .ToLookup(row => NameKey(row.Name), row => row));

    /// <summary>Reads them, and builds every index: nobody waits for it afterwards.</summary>
    public static void Load()
    {
        _ = (Index.Value, ByInsee.Value, ByPostcode.Value, ByName.Value);
    }

    /// <summary>
    /// The communes whose name has words that begin as typed, or whose postcode does: the exact name first, then the larger
    /// population. Accents, case, hyphens and apostrophes do not matter, "st" is "saint", "Paris 11" is the arrondissement. Where that finds
    /// nothing, what was typed is read as an address, a line of an envelope, a number in words, or a code of INSEE (<see cref="TypedCommune"/>).
    /// </summary>
    public static IReadOnlyList<Commune> Search(string? query, int limit = 10)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            return [];
        }

        if (Index.Value.Search(query, limit) is { Count: > 0 } found)
        {
            return found;
        }

        foreach (var (text, territory) in TypedCommune.Readings(query))
        {
            var read = Index.Value.Search(text, territory is null ? limit : MaxInTerritory);
            if (read.Where(commune => territory is null || commune.Territory == territory).Take(limit).ToList() is { Count: > 0 } those)
            {
                return those;
            }
        }

        return TypedCommune.Insee(query) is { } insee && Find(insee) is { } commune ? [commune] : [];
    }

    /// <summary>
    /// What may have been meant where <see cref="Search"/> finds nothing: names that are written nearly so, or sound so, in the département that was
    /// named, the nearest first.
    /// </summary>
    public static IReadOnlyList<Commune> Suggest(string? query, int limit = 5)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            return [];
        }

        foreach (var (text, territory) in TypedCommune.Readings(query).Where(reading => reading.In is not null).Prepend((query, null)))
        {
            var near = Index.Value.Similar(text, territory is null ? limit : MaxInTerritory).Where(commune => territory is null || commune.Territory == territory);
            if (near.Take(limit).ToList() is { Count: > 0 } those)
            {
                return those;
            }
        }

        return [];
    }

    /// <summary>The commune of today that has the INSEE code, or that took over the one that had it.</summary>
    public static Commune? Find(string? insee) => Row(insee) is { } row ? CommuneIndex.ToCommune(row.Today) : null;

    /// <summary>The département, or the collectivity overseas, of which somebody has typed the number or the name; null when it is none.</summary>
    public static Territory? FindTerritory(string? text) => string.IsNullOrWhiteSpace(text) ? null : TypedCommune.Departement(text);

    /// <summary>Whether this is its whole name, however it is spelled: <c>vaulx en velin</c>.</summary>
    public static bool IsName(Commune commune, string text) => NameKey(commune.Name) == NameKey(text);

    /// <summary>The communes of today that share a postcode.</summary>
    public static IEnumerable<Commune> WithPostcode(string postcode) =>
        ByPostcode.Value[postcode].Select(row => CommuneIndex.ToCommune(row, postcode));

    /// <summary>The communes of today with that postcode; none for that of a post office (CEDEX).</summary>
    internal static IEnumerable<CommuneRow> RowsWithPostcode(string postcode) => ByPostcode.Value[postcode];

    /// <summary>All communes and arrondissements of today that are called so; by the name of a former commune when none is.</summary>
    internal static IReadOnlyList<CommuneRow> Named(string name)
    {
        var rows = ByName.Value[NameKey(name)].ToArray();
        return Array.FindAll(rows, row => row.Today == row) is { Length: > 0 } today ? today : [.. rows.Select(row => row.Today).Distinct()];
    }

    /// <summary>What two writings of the name of a commune have in common: <c>Havre (Le)</c>, <c>LE HAVRE CEDEX</c>, <c>Le Havre</c>.</summary>
    internal static string NameKey(string name)
    {
        var words = SearchWords.OfCommune(name);
        if (words.Count > 1 && IsArticle(words[^1]))
        {
            words.RemoveAt(words.Count - 1);
        }
        else if (words.Count > 1 && IsArticle(words[0]))
        {
            words.RemoveAt(0);
        }

        return string.Join(' ', words);

        static bool IsArticle(string word) => word is "le" or "la" or "les" or "l";
    }

    internal static CommuneRow? Row(string? insee) => insee is not null ? ByInsee.Value.GetValueOrDefault(insee) : null;
}
