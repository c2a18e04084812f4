using Rdv.Territories;
using Columns = Rdv.Directory.Import.StructureColumns;

namespace Rdv.Directory.Import;

/// <summary>In which commune a line says that its place is.</summary>
/// <param name="Row">Null when a postcode that several communes share is all that is known.</param>
/// <param name="Name">As it will be shown.</param>
internal sealed record LineCommune(Territory Territory, string Name, string? Postcode, CommuneRow? Row)
{
    public string? Insee => Row?.Insee;

    /// <returns>Null when the line is refused.</returns>
    /// <remarks>
    /// A line names its commune up to three times: by name, postcode and INSEE code. What two of them say is taken against the third, which
    /// is quoted. Where no two agree, the coordinates may tell; else the name, inside one territory; else nobody can know, since a wrong
    /// territory hides a place from its people, and the line is refused.
    /// </remarks>
    public static LineCommune? Read(CsvLine line, (double Latitude, double Longitude)? position, ImportProblems problems)
    {
        var stated = new Stated(
            StructureLine.Text(line, Columns.Commune, problems) is { } name && StructureLine.IsName(name) ? name : null,
            CodeOf(line, Columns.Postcode, problems),
            CodeOf(line, Columns.Insee, problems),
            position);
        if (stated.Choose() is { } row)
        {
            return Take(line, stated, row, problems);
        }

        return TakePostcode(line, stated, problems);
    }

    private static LineCommune Take(CsvLine line, Stated stated, CommuneRow row, ImportProblems problems)
    {
        // "69003 Lyon" is how an address is written, "Lyon 3e arrondissement" how the place is found.
        var shown = CityOf(row).Name;
        var known = $"{shown} ({row.Insee})";
        if (stated.Insee is null)
        {
            problems.Warn(line, Columns.Insee, $"Le code INSEE manque : {known} est pris {stated.Because(row)}.");
        }
        else if (stated.ByInsee is null)
        {
            problems.Warn(line, Columns.Insee, $"Le code INSEE « {stated.Insee} » est inconnu : {known} est pris {stated.Because(row)}.");
        }
        else if (stated.ByInsee != row && (stated.ByInsee.IsArrondissement || CityOf(row) != stated.ByInsee))
        {
            problems.Warn(line, Columns.Insee, $"« {stated.Insee} » est le code INSEE de {stated.ByInsee.Name} : {known} est pris {stated.Because(row)}.");
        }
        else if (!stated.ByInsee.Insee.Equals(stated.Insee, StringComparison.OrdinalIgnoreCase))
        {
            problems.Warn(line, Columns.Insee, $"« {stated.Insee} » est le code d'une ancienne commune : la commune est {known}.");
        }

        if (stated.Name is null)
        {
            problems.Warn(line, Columns.Commune, $"La commune manque : {shown} est pris {stated.Because(row)}.");
        }
        else if (!SameName(stated.Name, shown) && !SameName(stated.Name, row.Name))
        {
            problems.Warn(line, Columns.Commune, $"« {stated.Name} » sera affichée sous le nom {shown}, pris {stated.Because(row)}.");
        }

        var own = stated.Postcode is { } postcode && CityOf(row).Postcodes.Contains(postcode) ? postcode : row.Postcodes[0];
        if (stated.Postcode is null)
        {
            problems.Warn(line, Columns.Postcode, $"Le code postal manque : {own} est pris de la commune.");
        }
        else if (own != stated.Postcode)
        {
            problems.Warn(line, Columns.Postcode, stated.ByPostcode.Count > 0
                ? $"« {stated.Postcode} » est le code postal de {NamesOf(stated.ByPostcode)} : {own}, celui de {shown}, sera affiché."
                : $"« {stated.Postcode} » n'est le code postal d'aucune commune (un CEDEX est un bureau de poste) : {own}, celui de {shown}, sera affiché.");
        }

        return new LineCommune(CommuneIndex.ToCommune(row).Territory, shown, own, row);
    }

    /// <summary>A hamlet, or a name that nobody knows: its postcode gives the territory, and the commune when there is but one.</summary>
    private static LineCommune? TakePostcode(CsvLine line, Stated stated, ImportProblems problems)
    {
        var territories = stated.ByPostcode.Select(row => CommuneIndex.ToCommune(row).Territory).Distinct().ToArray();
        if (stated is { Name: { } name, ByName.Count: 0, ByInsee: null } && territories.Length == 1)
        {
            var territory = $"le territoire {territories[0]} est pris du code postal {stated.Postcode}";
            problems.Warn(line, Columns.Insee, stated.Insee is null
                ? $"Le code INSEE manque, et « {name} » n'est pas un nom de commune : {territory}."
                : $"Le code INSEE « {stated.Insee} » et la commune « {name} » sont inconnus : {territory}.");
            return new LineCommune(territories[0], name, stated.Postcode, null);
        }

        var (column, problem) = stated switch
        {
            { Name: null } => (Columns.Commune, "La commune manque."),
            { Postcode: null, Insee: null } => (Columns.Postcode, "Le code INSEE et le code postal manquent : la commune ne peut pas être située."),
            { ByInsee: null, ByName.Count: 0 } when territories.Length > 1 => (Columns.Insee, $"Le code postal {stated.Postcode} couvre plusieurs territoires : indiquez le code INSEE."),
            { ByInsee: null, ByPostcode.Count: 0 } => (Columns.Postcode, $"Le code postal « {stated.Postcode} » est inconnu, et « {stated.Name} » ne suffit pas : la commune ne peut pas être située."),
            _ => (Columns.Insee, $"La commune n'est pas sûre : {stated}. Corrigez ce qui est faux."),
        };
        problems.Refuse(line, column, problem);
        return null;
    }

    /// <summary>A postcode or INSEE code; a spreadsheet drops the first zero.</summary>
    private static string? CodeOf(CsvLine line, string column, ImportProblems problems)
    {
        var code = line[column]?.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        if (code is { Length: 4 } && code.All(char.IsAsciiDigit))
        {
            problems.Warn(line, column, $"« {code} » a perdu son premier zéro : 0{code} est pris.");
            return "0" + code;
        }

        if (code is null or { Length: 5 } && (code ?? "").All(char.IsAsciiLetterOrDigit))
        {
            return code;
        }

        problems.Warn(line, column, $"« {StructureLine.Short(code!)} » n'est pas un code de cinq signes.");
        return null;
    }

    private static CommuneRow CityOf(CommuneRow row) => row is { IsArrondissement: true, City: { } city } ? city : row;

    private static bool SameName(string one, string other) => Communes.NameKey(one) == Communes.NameKey(other);

    private static string NamesOf(IReadOnlyList<CommuneRow> rows) =>
        rows.Count <= 2 ? string.Join(" et ", rows.Select(row => row.Name)) : $"{rows[0].Name} et de {rows.Count - 1} autres communes";

    /// <summary>What a line says of its commune, and which communes each of it means.</summary>
    private sealed record Stated(string? Name, string? Postcode, string? Insee, (double Latitude, double Longitude)? Position)
    {
        public IReadOnlyList<CommuneRow> ByName { get; } = Name is null ? [] : Communes.Named(Name);

        public IReadOnlyList<CommuneRow> ByPostcode { get; } = Postcode is null ? [] : [.. Communes.RowsWithPostcode(Postcode)];

        public CommuneRow? ByInsee { get; } = Communes.Row(Insee)?.Today;

        public CommuneRow? Choose()
        {
            var all = ByName.Concat(ByPostcode).Append(ByInsee).OfType<CommuneRow>().Distinct().ToArray();
            var most = all.Select(Votes).DefaultIfEmpty().Max();
            var best = all.Where(row => Votes(row) == most).ToArray();
            return most >= 2 ? Decide(best) : Facts switch
            {
                1 when ByInsee is not null => ByInsee,
                1 when ByName.Count > 0 => Hinted(),
                1 when Name is not null => Decide(Written(best)) ?? Only(best),
                _ => Decide(best),
            };
        }

        /// <summary>Which facts say so.</summary>
        public string Because(CommuneRow row) => (SaysName(row), SaysPostcode(row), SaysInsee(row)) switch
        {
            (true, true, _) => "du nom et du code postal",
            (true, _, true) => "du nom et du code INSEE",
            (_, true, true) => "du code postal et du code INSEE",
            (true, _, _) => "du nom",
            (_, true, _) => "du code postal",
            _ => "du code INSEE",
        };

        public override string ToString() => string.Join(", ", new[]
        {
            Name is null ? null : $"« {Name} » est {(ByName.Count == 0 ? "inconnue" : ByName.Count == 1 ? $"dans le territoire {CommuneIndex.ToCommune(ByName[0]).Territory}" : $"le nom de {ByName.Count} communes")}",
            Postcode is null ? null : $"le code postal « {Postcode} » est {(ByPostcode.Count == 0 ? "inconnu" : "celui de " + NamesOf(ByPostcode))}",
            Insee is null ? null : $"le code INSEE « {Insee} » est {(ByInsee is null ? "inconnu" : "celui de " + ByInsee.Name)}",
        }.OfType<string>());

        private int Facts => (ByName.Count > 0 ? 1 : 0) + (ByPostcode.Count > 0 ? 1 : 0) + (ByInsee is not null ? 1 : 0);

        private int Votes(CommuneRow row) => (SaysName(row) ? 1 : 0) + (SaysPostcode(row) ? 1 : 0) + (SaysInsee(row) ? 1 : 0);

        private bool SaysName(CommuneRow row) => ByName.Any(named => CityOf(named) == CityOf(row));

        private bool SaysPostcode(CommuneRow row) => Postcode is not null && CityOf(row).Postcodes.Contains(Postcode);

        private bool SaysInsee(CommuneRow row) => ByInsee is not null && CityOf(ByInsee) == CityOf(row);

        private CommuneRow? Decide(CommuneRow[] rows) =>
            Only(rows)
            ?? (Position is { } position && rows.Where(row => Arrondissements.Holds(row, position)).ToArray() is { Length: > 0 } near
                ? Only(near) ?? Preferred(near)
                : Preferred(rows));

        /// <summary>In one territory a person who looks for the place by its name finds it, whichever commune it is.</summary>
        private CommuneRow? Preferred(CommuneRow[] rows)
        {
            var shared = Shared(rows);
            return Only([.. shared.Where(SaysName)]) ?? Only([.. shared.Where(SaysInsee)]);
        }

        /// <summary>Those in the one territory of which every fact has one; none when there is no such territory.</summary>
        private CommuneRow[] Shared(CommuneRow[] rows)
        {
            var common = rows.GroupBy(row => CommuneIndex.ToCommune(row).Territory)
                .Where(group => (ByName.Count == 0 || !rows.Any(SaysName) || group.Any(SaysName))
                    && (ByPostcode.Count == 0 || !rows.Any(SaysPostcode) || group.Any(SaysPostcode))
                    && (ByInsee is null || !rows.Any(SaysInsee) || group.Any(SaysInsee)))
                .ToArray();
            return common.Length == 1 ? [.. common[0]] : [];
        }

        /// <summary>A name alone, with the beginning of a postcode of a post office, or of an INSEE code that nobody knows.</summary>
        private CommuneRow? Hinted()
        {
            var hints = new[] { Postcode, Insee }.OfType<string>().ToArray();
            return Decide([.. ByName.Where(row => Array.Exists(hints, hint => IsIn(CommuneIndex.ToCommune(row).Territory.Code, hint)))]);
        }

        private static bool IsIn(string territory, string code) =>
            code.StartsWith(territory, StringComparison.Ordinal) || (code.StartsWith("20", StringComparison.Ordinal) && territory is "2A" or "2B");

        /// <summary>Those whose name stands in what is written: <c>Bron Terraillon</c>.</summary>
        private CommuneRow[] Written(CommuneRow[] rows) =>
            [.. rows.Where(row => $" {Communes.NameKey(Name!)} ".Contains($" {Communes.NameKey(row.Name)} ", StringComparison.Ordinal))];

        private static CommuneRow? Only(CommuneRow[] rows) =>
            // The arrondissement says more than its city.
            rows.DistinctBy(CityOf).Count() == 1 ? Array.Find(rows, row => row.IsArrondissement) ?? rows[0] : null;
    }
}
