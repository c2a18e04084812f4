using Rdv.Ids;
using Rdv.Language;

namespace Rdv.Directory;

/// <summary>Where an advisor receives people.</summary>
/// <param name="Insee">The INSEE code of the commune.</param>
/// <param name="Access">How to get in: door, floor, bus, wheelchair.</param>
/// <param name="Phone">As a caller would dial it, for display only.</param>
public sealed record Place(
    PlaceId Id,
    StructureId StructureId,
    string Name,
    string? Address,
    string? Postcode,
    string Commune,
    string? Insee,
    double? Latitude = null,
    double? Longitude = null,
    string? Access = null,
    string? Phone = null) : IDirectoryRow
{
    /// <summary>The name as people read it, see <see cref="ReadableNames"/>; what was imported stays in <see cref="Name"/>.</summary>
    public string ShownName => ReadableNames.Place(Name, Commune);

    /// <summary>The street as people read it.</summary>
    public string? ShownAddress => Address is null ? null : ReadableNames.Street(Address);

    /// <summary>As it is said: <c>Mairie, 2 place de Weingarten, Bron</c>, with what is known of it.</summary>
    public string Line => Join(ShownName, ShownAddress, Commune);

    /// <summary>As it is written, with the postcode.</summary>
    public string PostalLine => Join(ShownName, ShownAddress, $"{Postcode} {Commune}".Trim());

    private static string Join(params ReadOnlySpan<string?> parts) => string.Join(", ", parts.ToArray().Where(part => !string.IsNullOrWhiteSpace(part)));
}
