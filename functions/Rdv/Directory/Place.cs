using Rdv.Transactions;

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
    string? Phone = null) : IRow;
