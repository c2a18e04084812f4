using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Booking;

/// <summary>What to offer instead of a slot that is gone: the nearest in time, then in place.</summary>
public sealed class Alternatives(SearchSlots search)
{
    public const int Count = 5;
    private const int WindowDays = 14;

    /// <param name="onWeb">See <see cref="OfferTo"/>.</param>
    public Task<IReadOnlyList<Slot>> NearAsync(Territory territory, WantedSlot slot, bool onWeb, CancellationToken cancellationToken) =>
        NearAsync(territory, slot.Topic, slot.Start, slot.Place, onWeb, cancellationToken, slot.Means, slot.Home, slot.CellCount * DayGrid.MinutesPerCell);

    /// <inheritdoc cref="NearAsync(Territory, WantedSlot, bool, CancellationToken)"/>
    public async Task<IReadOnlyList<Slot>> NearAsync(
        Territory territory, string topic, LocalDateTime wanted, PlaceId place, bool onWeb, CancellationToken cancellationToken, Means means = Means.Place, string? home = null, int? minutes = null)
    {
        // One query of two weeks around the day; what lies before today is not offered by the search itself.
        var from = wanted.Date.PlusDays(-1);
        var asked = new SlotSearch(territory, topic, from, WindowDays, Insee: home, OnWeb: onWeb) { Means = means, Minutes = minutes };
        var outcome = await search.ExecuteAsync(asked, cancellationToken);
        if (outcome.Refusal is not null)
        {
            outcome = await search.ExecuteAsync(asked with { From = null }, cancellationToken);
        }

        if (!outcome.Succeeded(out var found))
        {
            return [];
        }

        var nearness = found.Directory.NearnessFrom(found.Directory.Places.GetValueOrDefault(place)?.Insee);
        var nearest = found.Slots
            .OrderBy(slot => Math.Abs(Period.Between(wanted, slot.Start, PeriodUnits.Minutes).Minutes))
            .ThenBy(slot => slot.PlaceId == place ? -1 : nearness.RankOf(slot.PlaceId))
            .Take(Count)
            .ToList();
        return nearest.Count > 0 || found.NextAvailable is null ? nearest : [found.NextAvailable];
    }
}
