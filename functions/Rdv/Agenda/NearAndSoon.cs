using NodaTime;
using Rdv.Directory;

namespace Rdv.Agenda;

/// <summary>
/// Free slots in the order in which one proposes them to a person: near and soon. A day of waiting weighs as much as <see cref="KilometresADay"/>
/// kilometres, so that what is next door tomorrow comes before what is twenty kilometres away today. Of a place and a day, the first of the morning and
/// the first of the afternoon: five proposals are five different answers, not five times the same morning.
/// </summary>
public static class NearAndSoon
{
    private const double KilometresADay = 3;

    // Where nobody knows how far a place is, it is not taken to be next door.
    private const double UnknownKilometres = 30;

    private static readonly LocalTime Noon = new(12, 0);

    /// <param name="today">From which days are counted, in the territory.</param>
    public static IReadOnlyList<Slot> Of(IEnumerable<Slot> slots, Nearness nearness, LocalDate today) =>
    [
        .. slots
            .OrderBy(slot => slot.Start)
            .ThenBy(slot => nearness.RankOf(slot.PlaceId))
            .DistinctBy(slot => (slot.Start.Date, slot.Start.TimeOfDay < Noon, slot.Means == Means.Place ? slot.PlaceId.Value : ""))
            .OrderBy(slot => Cost(slot, nearness, today))
            .ThenBy(slot => slot.Start)
            .ThenBy(slot => nearness.RankOf(slot.PlaceId)),
    ];

    private static double Cost(Slot slot, Nearness nearness, LocalDate today) =>
        (slot.Means == Means.Place ? nearness.KilometresTo(slot.PlaceId) ?? UnknownKilometres : 0)
        + (KilometresADay * Period.DaysBetween(today, slot.Start.Date));
}
