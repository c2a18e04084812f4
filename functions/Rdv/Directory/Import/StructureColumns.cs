namespace Rdv.Directory.Import;

/// <summary>The columns of the "schéma des lieux de médiation numérique" that Rdv reads, and <c>nb_conseillers</c>.</summary>
internal static class StructureColumns
{
    public const string Id = "id";
    public const string Pivot = "pivot";
    public const string Name = "nom";
    public const string Commune = "commune";
    public const string Postcode = "code_postal";
    public const string Insee = "code_insee";
    public const string Address = "adresse";
    public const string AddressMore = "complement_adresse";
    public const string Latitude = "latitude";
    public const string Longitude = "longitude";
    public const string Phone = "telephone";
    public const string Accessibility = "accessibilite";
    public const string Advisors = "nb_conseillers";

    public static IReadOnlyCollection<string> Required { get; } = [Id, Name, Commune, Postcode, Insee];

    public static IReadOnlySet<string> Used { get; } = new HashSet<string>
    {
        Id, Pivot, Name, Commune, Postcode, Insee, Address, AddressMore, Latitude, Longitude, Phone, Accessibility, Advisors,
    };
}
