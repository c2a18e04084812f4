using Rdv.Territories;

namespace Rdv.Functions.Privacy;

/// <summary>Whose data, as a person says their number.</summary>
/// <param name="Territory">Narrows where it is looked for; null for everywhere.</param>
/// <param name="Cancel">To erase: whether what is still to come is cancelled.</param>
public sealed record PersonBody(string? Phone, string? Territory, bool? Cancel)
{
    public Result<Territory?> TerritoryAsked() =>
        Territory is null ? (Territory?)null
        : Territories.Territory.TryParse(Territory, out var territory) ? (Territory?)territory
        : new Refusal.Invalid("territory", "Ce département n'existe pas.");
}
