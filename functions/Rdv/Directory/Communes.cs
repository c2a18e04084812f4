namespace Rdv.Directory;

/// <summary>The communes of France, in memory.</summary>
public static class Communes
{
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

    /// <summary>
    /// The communes whose name has words that begin as typed, or whose postcode does: the exact name first, then the larger
    /// population. Accents, case, hyphens and apostrophes do not matter, "st" is "saint", "Paris 11" is the arrondissement.
    /// </summary>
    public static IReadOnlyList<Commune> Search(string? query, int limit = 10) =>
        string.IsNullOrWhiteSpace(query) ? [] : Index.Value.Search(query, limit);

    /// <summary>The commune of today that has the INSEE code, or that took over the one that had it.</summary>
    public static Commune? Find(string? insee) => Row(insee) is { } row ? CommuneIndex.ToCommune(row.Today) : null;

    /// <summary>The communes of today that share a postcode.</summary>
    public static IEnumerable<Commune> WithPostcode(string postcode) =>
        ByPostcode.Value[postcode].Select(row => CommuneIndex.ToCommune(row, postcode));

    internal static CommuneRow? Row(string? insee) => insee is not null ? ByInsee.Value.GetValueOrDefault(insee) : null;
}
