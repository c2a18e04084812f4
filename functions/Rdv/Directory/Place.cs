using Rdv.Ids;

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
    /// <summary>As it is said: <c>Mairie, 2 place de Weingarten, Bron</c>, with what is known of it.</summary>
    public string Line => Join(Name, Address, Commune);

    /// <summary>As it is written, with the postcode.</summary>
    public string PostalLine => Join(Name, Address, $"{Postcode} {Commune}".Trim());

    private static string Join(params ReadOnlySpan<string?> parts) => string.Join(", ", parts.ToArray().Where(part => !string.IsNullOrWhiteSpace(part)));
}
