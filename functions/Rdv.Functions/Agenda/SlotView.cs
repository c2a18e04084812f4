using System.Text.Json.Serialization;
using NodaTime;
using Rdv.Functions.Http;
using Rdv.Territories;

namespace Rdv.Functions.Agenda;

/// <summary>A slot as the API lists it.</summary>
/// <param name="Start">With the offset of the territory's zone.</param>
public sealed record SlotView(string Start, int Minutes, string StructureId, string PlaceId, int Free)
{
    /// <summary><c>phone</c>, <c>video</c> or <c>home</c>; left out at the place.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Means { get; init; }

    public static SlotView Of(Slot slot, Territory territory) => new(
        Values.Format(slot.Start, territory), slot.Minutes, slot.StructureId.Value, slot.PlaceId.Value, slot.Free)
    { Means = MeansWords.UnlessPlace(slot.Means) };

    public static IReadOnlyList<SlotView> Of(IReadOnlyCollection<Slot> slots, Territory territory)
    {
        // Many places have slots at the same times, and they come by time.
        var views = new List<SlotView>(slots.Count);
        var (start, text) = (default(LocalDateTime), default(string));
        foreach (var slot in slots)
        {
            (start, text) = text is not null && start == slot.Start ? (start, text) : (slot.Start, Values.Format(slot.Start, territory));
            views.Add(new SlotView(text, slot.Minutes, slot.StructureId.Value, slot.PlaceId.Value, slot.Free) { Means = MeansWords.UnlessPlace(slot.Means) });
        }

        return views;
    }
}
