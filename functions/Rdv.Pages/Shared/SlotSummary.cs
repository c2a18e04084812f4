using NodaTime;
using Rdv.Directory;

namespace Rdv.Pages.Shared;

/// <summary>What, when and where, in words.</summary>
public sealed record SlotSummary(string Topic, string When, int Minutes, string Place, string Address)
{
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
