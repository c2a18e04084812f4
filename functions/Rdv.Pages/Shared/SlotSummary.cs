using NodaTime;
using Rdv.Directory;
using Rdv.Ids;

namespace Rdv.Pages.Shared;

/// <summary>What, when and where, in words.</summary>
/// <param name="Workshop">The title of the workshop in which it is a seat; null for an individual appointment.</param>
public sealed record SlotSummary(string Topic, string When, int Minutes, string Place, string Address, string? Workshop = null)
{
    /// <summary>The topic, or the workshop, where one line tells both.</summary>
    public string What => Workshop is null ? Topic : $"Atelier\u00a0: {Workshop}";

    public string Duration => Words.Duration(Minutes);

    public static SlotSummary Of(TerritoryDirectory directory, Topic topic, LocalDateTime start, PlaceId placeId)
    {
        var place = directory.Places.GetValueOrDefault(placeId);
        return new SlotSummary(
            topic.Label,
            Words.MomentWithYear(start),
            topic.Minutes,
            place?.Name ?? placeId.Value,
            place is null ? "" : PlaceText.Address(place));
    }
}
