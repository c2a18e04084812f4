using System.Text.Json.Serialization;
using NodaTime;
using Rdv.Directory;

namespace Rdv.Functions.Directory;

/// <summary>A place as the API lists it.</summary>
/// <param name="Days">ISO weekdays on which an advisor is there.</param>
public sealed record PlaceView(
    string Id,
    string Name,
    string StructureId,
    string StructureName,
    string? Address,
    string? Postcode,
    string Commune,
    double? Latitude,
    double? Longitude,
    string? Access,
    string? Phone,
    IReadOnlyList<int> Days)
{
    /// <summary>The structure's identifier as its source gives it; left out when that is <see cref="StructureId"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SourceId { get; init; }

    public static PlaceView Of(Place place, TerritoryDirectory directory, LocalDate today) => new(
        place.Id.Value,
        place.Name,
        place.StructureId.Value,
        directory.Structures.GetValueOrDefault(place.StructureId)?.Name ?? "",
        place.Address,
        place.Postcode,
        place.Commune,
        place.Latitude,
        place.Longitude,
        place.Access,
        place.Phone,
        [.. directory.Advisors.Values
            .Where(advisor => advisor.LeavesOn is not { } leaves || leaves > today)
            .SelectMany(advisor => advisor.Hours)
            .Where(hours => hours.PlaceId == place.Id && (hours.EndsOn is not { } end || end >= today))
            .SelectMany(hours => hours.Days)
            .Distinct()
            .Order()])
    {
        SourceId = directory.Structures.GetValueOrDefault(place.StructureId)?.SourceId,
    };
}
