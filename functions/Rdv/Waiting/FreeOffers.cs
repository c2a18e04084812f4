using NodaTime;
using Rdv.Agenda;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Territories;
using Rdv.Workshops;

namespace Rdv.Waiting;

/// <summary>Which offers nobody has taken yet, as far as can be told without taking them.</summary>
public sealed class FreeOffers(IAgendaStore agenda, IWorkshopStore workshops, ITerritoryDirectories directories, RdvSettings settings, IClock clock)
{
    /// <summary>One point read for each offer that has not begun.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<IReadOnlyList<Offer>> OfAsync(WaitingPerson person, CancellationToken cancellationToken)
    {
        var free = new List<Offer>();
        foreach (var offer in person.Offers)
        {
            if (await IsFreeAsync(person, offer, cancellationToken))
            {
                free.Add(offer);
            }
        }

        return free;
    }

    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<bool> IsFreeAsync(WaitingPerson person, Offer offer, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        if (person.Workshop is { } id)
        {
            // A workshop that has moved since is another offer, which nobody has made.
            return offer.Start >= now + settings.MinimumNotice
                && await workshops.ReadWaitedAsync(person.Territory, id, now, cancellationToken) is { IsCancelled: false } workshop
                && offer.IsOf(workshop)
                && await HeldSeats.ReadAsync(agenda, await workshops.WithSessionsAsync(workshop, now, cancellationToken), cancellationToken) is { } held
                && held.All(one => one.Seats.LeftAt(now, offer.Hold) > 0);
        }

        if (offer.Start < now + settings.MinimumNotice || SlotOf(person, offer) is not { } slot)
        {
            return false;
        }

        var month = await agenda.ReadMonthAsync(person.Territory, offer.AdvisorId, slot.Month, cancellationToken);
        var directory = await directories.GetAsync(person.Territory, month, cancellationToken);
        return directory.Advisors.TryGetValue(offer.AdvisorId, out var advisor)
            && Candidates.IsFree(directory.Rules, advisor, month, slot, new OfferTo(now, offer.Hold, OnWeb: true));
    }

    private static WantedSlot? SlotOf(WaitingPerson person, Offer offer) =>
        WantedSlot.Of(person.Topic, offer.PlaceId, offer.Start.InZone(person.Territory.Zone).LocalDateTime, offer.Minutes) is { } slot
            ? slot with { Means = person.Means, Home = person.Home }
            : null;
}
