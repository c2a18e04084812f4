using System.Globalization;
using Rdv.Ids;
using Rdv.Territories;
using Columns = Rdv.Directory.Import.StructureColumns;

namespace Rdv.Directory.Import;

/// <summary>What a line of the structures file says.</summary>
internal sealed record StructureLine(CsvLine Line, Territory Territory, Structure Structure, Place Place, int Advisors)
{
    /// <summary>What the territory holds under the identifier; null when it is new there.</summary>
    public Structure? Before { get; init; }

    /// <summary>The territory that the structure comes from; null when it stays where it is.</summary>
    public TerritoryDirectory? From { get; init; }

    public const int MaxAdvisors = 500;

    private const int MaxText = 200;
    private const int MaxAccess = 1000;

    /// <summary>All other columns together; a row of the store must hold them.</summary>
    private const int MaxExtra = 12_000;

    /// <summary>The line as one of a structure that is known under another identifier.</summary>
    public StructureLine As(StructureId id) => this with
    {
        Structure = Structure with { Id = id, SourceId = Line[Columns.Id] },
        Place = Place with { Id = new PlaceId(id.Value), StructureId = id },
    };

    /// <returns>Null when the line is refused. Everything that is wrong with it has been said.</returns>
    public static StructureLine? Read(CsvLine line, ImportProblems problems)
    {
        var extra = line.Except(Columns.Used).ToDictionary();
        var id = line[Columns.Id];
        var name = NameOf(line, problems);
        var position = PositionOf(line, problems);
        var commune = LineCommune.Read(line, position, problems);
        var siret = SiretOf(line, extra, problems);
        var address = Text(line, Columns.Address, problems);
        var access = AccessOf(line, extra, problems);
        var advisors = AdvisorsOf(line, problems);
        if (address is null)
        {
            problems.Warn(line, Columns.Address, "L'adresse manque : seule la commune sera affichée.");
        }

        var key = DirectoryIds.KeyOf(id);
        if (key is null)
        {
            problems.Refuse(line, Columns.Id, id is null
                ? "L'identifiant manque."
                : $"« {Short(id)} » dépasse {DirectoryIds.MaxGiven} caractères : ce ne peut pas être un identifiant.");
        }

        if (extra.Sum(pair => pair.Key.Length + pair.Value.Length) > MaxExtra)
        {
            problems.Refuse(line, null, $"Les colonnes que Rdv n'utilise pas dépassent {MaxExtra} caractères sur cette ligne.");
        }

        if (line.IsRefused || commune is null)
        {
            return null;
        }

        if (position is { } given && commune.Row is { } row && Arrondissements.KilometresOutside(row, given) is { } kilometres)
        {
            problems.Warn(line, Columns.Latitude, $"« {line[Columns.Latitude]} ; {line[Columns.Longitude]} » est à {kilometres:0} km de {commune.Name} : ces coordonnées sont ignorées.");
            (extra[Columns.Latitude], extra[Columns.Longitude]) = (line[Columns.Latitude]!, line[Columns.Longitude]!);
            position = null;
        }

        var phone = PhoneOf(line, commune.Territory, extra, problems);
        return new StructureLine(
            line,
            commune.Territory,
            new Structure(new StructureId(key!), name!, siret, Extra: extra.Count > 0 ? extra : null, SourceId: key == id ? null : id),
            new Place(
                new PlaceId(key!), new StructureId(key!), name!, address, commune.Postcode, commune.Name, commune.Insee,
                position?.Latitude, position?.Longitude, access, phone),
            advisors);
    }

    private static string? NameOf(CsvLine line, ImportProblems problems)
    {
        var name = Text(line, Columns.Name, problems);
        if (name is null)
        {
            problems.Refuse(line, Columns.Name, "Le nom manque.");
        }
        else if (!IsName(name))
        {
            problems.Refuse(line, Columns.Name, $"« {name} » n'est pas un nom.");
        }

        return name;
    }

    private static string? SiretOf(CsvLine line, Dictionary<string, string> extra, ImportProblems problems)
    {
        var pivot = line[Columns.Pivot]?.Replace(" ", "", StringComparison.Ordinal);
        if (pivot is null || pivot.Equals("null", StringComparison.OrdinalIgnoreCase) || pivot.All(digit => digit == '0'))
        {
            problems.Warn(line, Columns.Pivot, "Le SIRET manque.");
            return null;
        }

        if (pivot.Length == 14 && pivot.All(char.IsAsciiDigit))
        {
            return pivot;
        }

        extra[Columns.Pivot] = line[Columns.Pivot]!;

        // An association may have an RNA number instead: W and nine signs.
        if (pivot.Length != 10 || pivot[0] is not ('W' or 'w'))
        {
            problems.Warn(line, Columns.Pivot, $"« {Short(pivot)} » n'est pas un SIRET de 14 chiffres.");
        }

        return null;
    }

    private static (double Latitude, double Longitude)? PositionOf(CsvLine line, ImportProblems problems)
    {
        var (latitude, longitude) = (line[Columns.Latitude], line[Columns.Longitude]);
        if (latitude is null || longitude is null)
        {
            problems.Warn(line, latitude is null ? Columns.Latitude : Columns.Longitude, "Les coordonnées manquent : la distance sera celle de la commune.");
            return null;
        }

        if (NumberOf(latitude) is { } north and >= -90 and <= 90 && NumberOf(longitude) is { } east and >= -180 and <= 180 && (north, east) != (0, 0))
        {
            return (north, east);
        }

        problems.Warn(line, Columns.Latitude, $"« {Short(latitude)} ; {Short(longitude)} » ne sont pas des coordonnées : elles sont ignorées.");
        return null;
    }

    private static double? NumberOf(string text) =>
        double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A link to a page on accessibility is kept with the columns that are not used: nobody can read it out on the phone.</summary>
    private static string? AccessOf(CsvLine line, Dictionary<string, string> extra, ImportProblems problems)
    {
        var accessibility = line[Columns.Accessibility];
        if (accessibility is not null && Uri.TryCreate(accessibility, UriKind.Absolute, out _))
        {
            extra[Columns.Accessibility] = accessibility;
            accessibility = null;
        }

        var parts = new[] { line[Columns.AddressMore], accessibility }.OfType<string>().ToArray();
        var access = string.Join(". ", parts.Select((part, index) => index < parts.Length - 1 ? part.TrimEnd('.') : part));
        if (access.Length > MaxAccess)
        {
            problems.Refuse(line, Columns.AddressMore, $"Le texte d'accès dépasse {MaxAccess} caractères.");
        }

        return access.Length > 0 ? access : null;
    }

    private static string? PhoneOf(CsvLine line, Territory territory, Dictionary<string, string> extra, ImportProblems problems)
    {
        if (line[Columns.Phone] is not { } phone)
        {
            return null;
        }

        var shown = PlacePhones.Read(phone, territory, out var left);
        if (left is not null)
        {
            extra[Columns.Phone] = phone;
            problems.Warn(line, Columns.Phone, $"« {Short(left)} » n'est pas un numéro de téléphone : il ne sera pas affiché.");
        }

        return shown;
    }

    private static int AdvisorsOf(CsvLine line, ImportProblems problems)
    {
        if (line[Columns.Advisors] is not { } text)
        {
            return 0;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MaxAdvisors)
        {
            return number;
        }

        problems.Warn(line, Columns.Advisors, $"« {Short(text)} » n'est pas un nombre de conseillers de 0 à {MaxAdvisors} : aucun n'est créé.");
        return 0;
    }

    internal static string? Text(CsvLine line, string column, ImportProblems problems)
    {
        var text = line[column];
        if (text?.Length > MaxText)
        {
            problems.Refuse(line, column, $"Le texte dépasse {MaxText} caractères.");
        }

        return text;
    }

    /// <summary>Published files hold "0" and "null" where nothing is known.</summary>
    internal static bool IsName(string text) => text.Any(char.IsLetter) && !text.Equals("null", StringComparison.OrdinalIgnoreCase);

    internal static string Short(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
