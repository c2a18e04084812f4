using Rdv.Agenda;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Booking;

/// <summary>The first free slot at a place of a neighbouring territory.</summary>
/// <param name="Distance">In words; null when it is not known.</param>
public sealed record ElsewhereChoice(string Territory, string Name, string Address, string? Distance, SlotChoice Slot)
{
    public static IReadOnlyList<ElsewhereChoice> Of(IEnumerable<SlotElsewhere> slots) => [.. slots.Select(Of)];

    private static ElsewhereChoice Of(SlotElsewhere elsewhere) => new(
        elsewhere.Territory.Code,
        elsewhere.Place.ShownName,
        PlaceText.Address(elsewhere.Place),
        elsewhere.Kilometres switch
        {
            null => null,
            < 1.5 => "À côté de chez vous",
            { } kilometres => $"À {(int)Math.Round(kilometres)}\u00a0km environ, à vol d'oiseau",
        },
        SlotList.Alternatives(elsewhere.Directory, [elsewhere.Slot])[0]);
}
