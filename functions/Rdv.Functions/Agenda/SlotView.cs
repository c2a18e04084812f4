using Rdv.Functions.Http;
using Rdv.Territories;

namespace Rdv.Functions.Agenda;

/// <summary>A slot as the API lists it.</summary>
/// <param name="Start">With the offset of the territory's zone.</param>
public sealed record SlotView(string Start, int Minutes, string StructureId, string PlaceId, int Free)
{
    public static SlotView Of(Slot slot, Territory territory) => new(
        Values.Format(slot.Start, territory), slot.Minutes, slot.StructureId.Value, slot.PlaceId.Value, slot.Free);

    public static IReadOnlyList<SlotView> Of(IEnumerable<Slot> slots, Territory territory) => [.. slots.Select(slot => Of(slot, territory))];
}
