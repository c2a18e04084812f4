using Rdv.Territories;

namespace Rdv.Directory;

/// <summary>A commune, or a municipal arrondissement of Paris, Lyon or Marseille.</summary>
/// <param name="Insee">The code of today's commune, also when the name is that of a former one.</param>
/// <param name="Postcode">The one that was typed, otherwise the first of the commune.</param>
public sealed record Commune(string Insee, string Name, string Postcode, Territory Territory);
