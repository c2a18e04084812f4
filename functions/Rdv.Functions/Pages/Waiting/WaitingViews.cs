using NodaTime;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Pages.Shared;
using Rdv.Pages.Waiting;
using Rdv.Territories;
using Rdv.Waiting;

namespace Rdv.Functions.Pages.Waiting;

/// <summary>Puts together what the page behind the link of someone who waits shows.</summary>
public sealed class WaitingViews(ITerritoryDirectories directories, Links links, IClock clock)
{
    public async Task<WaitingView> OfAsync(
        WaitingPerson person, FoundWaiting found, WaitingNews news, IReadOnlyList<Slot> alternatives, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var directory = await directories.GetAsync(person.Territory, cancellationToken);
        return new WaitingView(
            WaitingLink.PathOf(person.Id, links.KeyOf(person)),
            news,
            Topics.Find(person.Topic)?.Label ?? person.Topic,
            found.Has is null && person.Workshop is null ? CallAt(person, now) : null,
            found.Has is { } had ? Words.Moment(had.LocalStart) : null,
            person.Citizen.Phone.E164[^2..],
            person.Citizen.Phone.CanReceiveSms,
            person.Offers.Count > 0,
            [.. found.Free.Select(offer => OfferCard.Of(person, offer, directory, now))],
            person.Territory.Code,
            person.Insee,
            person.Topic,
            // Without a commune, the form of the alternatives could not say where.
            person.Insee is null ? [] : SlotList.Alternatives(directory, alternatives),
            BookingDraft.DrawNonce())
        {
            Workshop = found.Workshop is { } workshop ? $"{Words.Quoted(workshop.Title)}, {(workshop.Session is null ? "" : "un cours à partir du ")}{Words.Moment(workshop.LocalStart)}" : null,
            Wish = new Wish(person.Means) { Signs = person.Signs },
        };
    }

    private static string CallAt(WaitingPerson person, Instant now)
    {
        var zone = person.Territory.Zone;
        var date = HumaneHours.NextCall(person.Territory, person.CreatedAt).InZone(zone).Date;
        return date == now.InZone(zone).Date ? "aujourd'hui, dès que possible" : $"{Rdv.Language.FrenchDates.Date(date)}, à partir de 9\u00a0h";
    }
}
