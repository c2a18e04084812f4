using Rdv.Ids;

namespace Rdv.Directory;

/// <summary>Where an advisor is for a meeting.</summary>
/// <param name="Place">Of the opening hours, from which they go.</param>
/// <param name="Home">The INSEE code of the commune in which they are at somebody's home; null at the place.</param>
public readonly record struct Spot(PlaceId Place, string? Home = null);
