using System.Text.Json.Serialization;
using NodaTime;
using Rdv.Agenda;
using Rdv.Functions.Directory;
using Rdv.Functions.Http;

namespace Rdv.Functions.Agenda;

/// <summary>The free slots of a territory as the API lists them.</summary>
/// <param name="Elsewhere">Only when nothing was found and nearness was asked for.</param>
public sealed record SlotSearchView(
    string Territory,
    string TimeZone,
    string From,
    int Days,
    IReadOnlyList<SlotView> Slots,
    SlotView? NextAvailable,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ElsewhereView>? Elsewhere)
{
    public static SlotSearchView Of(SlotsFound found, IReadOnlyList<ElsewhereView>? elsewhere)
    {
        var territory = found.Directory.Territory;
        return new SlotSearchView(
            territory.Code,
            territory.Zone.Id,
            Values.Format(found.From),
            found.Days,
            SlotView.Of(found.Slots, territory),
            found.NextAvailable is { } next ? SlotView.Of(next, territory) : null,
            elsewhere);
    }
}

/// <summary>A place of a neighbouring territory with its first free slot. It is booked in that territory.</summary>
/// <param name="Kilometres">As the crow flies; null when it is not known well enough where the commune is.</param>
public sealed record ElsewhereView(string Territory, PlaceView Place, int? Kilometres, SlotView Slot)
{
    public static ElsewhereView Of(SlotElsewhere elsewhere, Instant now) => new(
        elsewhere.Territory.Code,
        PlaceView.Of(elsewhere.Place, elsewhere.Directory, now.InZone(elsewhere.Territory.Zone).Date),
        elsewhere.Kilometres is { } kilometres ? (int)Math.Round(kilometres) : null,
        SlotView.Of(elsewhere.Slot, elsewhere.Territory));
}
