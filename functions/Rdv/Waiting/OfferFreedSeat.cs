using NodaTime;
using Rdv.Agenda;
using Rdv.Booking;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Territories;
using Rdv.Transactions;
using Rdv.Workshops;

namespace Rdv.Waiting;

/// <summary>
/// Offers a seat that was given back to the first of those who wait for one in that workshop: it is kept for them in the advisor's day, they
/// are told, and the chore is done, all in one transaction (docs/adr/0006).
/// </summary>
public sealed class OfferFreedSeat(
    IWaitingStore waiting,
    IChoreStore chores,
    IWorkshopStore workshops,
    IAgendaStore agenda,
    Writer writer,
    ITerritoryDirectories directories,
    StillWaiting stillWaiting,
    RdvSettings settings,
    IClock clock) : IChoreHandler
{
    public string Kind => ChoreKinds.Seat;

    public async Task<bool> RunAsync(Chore chore, CancellationToken cancellationToken)
    {
        while (!(await writer.WriteAsync(chore.Subject.Territory, token => DecideAsync(chore, token), cancellationToken)).Value)
        {
            // Some were crossed off, and the seat is still to be offered to those after them.
        }

        return true;
    }

    /// <returns>Whether the chore is done with what is written.</returns>
    private async Task<Decision<bool>> DecideAsync(Chore chore, CancellationToken cancellationToken)
    {
        if (!await chores.IsPendingAsync(chore, cancellationToken))
        {
            return true;
        }

        var now = clock.GetCurrentInstant();
        var territory = chore.Subject.Territory;
        var id = SeatChore.WorkshopOf(chore);
        List<RowWrite> writes = [new RowWrite.Delete(chore)];
        var list = OfferRound.InOrder((await waiting.ListAsync(territory, cancellationToken)).Where(stored => stored.Value.Workshop == id)).ToList();
        if (list.Count == 0
            || await workshops.ReadAsync(territory, id, cancellationToken) is not { Value: { IsCancelled: false } workshop }
            || workshop.Start - HumaneHours.Next(territory, now) < FreedSlot.Lead)
        {
            return new Decision<bool>.Write(writes, true);
        }

        var month = await agenda.ReadMonthAsync(territory, workshop.AdvisorId, workshop.Date.ToYearMonth(), cancellationToken);
        if (month.Day(workshop.Date).Find(id.Value) is not { Seats: { } seats } entry || entry.Version != workshop.Version)
        {
            return new Decision<bool>.ReadAgain();
        }

        if (seats.LeftAt(now) == 0)
        {
            // Somebody was quicker than the chore.
            return new Decision<bool>.Write(writes, true);
        }

        var round = new OfferRound(await directories.GetAsync(territory, cancellationToken), stillWaiting, settings, now);
        var hold = OfferRound.DrawHold();
        var kept = new KeptSeat(hold, round.UntilFor(workshop.Start));
        foreach (var stored in list)
        {
            if (round.Told == OfferFreedSlot.MaxTold)
            {
                break;
            }

            if (round.IsFull)
            {
                return new Decision<bool>.Write(round.Over, false);
            }

            if (round.MayHear(stored.Value) && stored.Value.MayBeOffered(workshop.Start, now)
                && await round.StandingAsync(stored.Value, cancellationToken) is not null)
            {
                round.Offer(stored, workshop.AdvisorId, workshop.PlaceId, workshop.Start, workshop.Minutes, hold);
            }
        }

        if (round.Told == 0)
        {
            // All who wait were told of a seat already. This one is for the second of them, under the offer that they have.
            var told = list.SelectMany(stored => stored.Value.Offers.Where(offer => offer.Until > now && offer.IsOf(workshop))).ToList();
            if (told.GroupBy(offer => offer.Hold).FirstOrDefault(offers => offers.Count() > seats.Living(now).Count(seat => seat.Hold == offers.Key)) is not { } more)
            {
                return new Decision<bool>.Write([.. writes, .. round.Writes], true);
            }

            kept = new KeptSeat(more.Key, more.First().Until);
        }

        return new Decision<bool>.Write(
            [
                .. writes,
                .. round.Writes,
                month.Write(workshop.Date, month.Day(workshop.Date).Replacing(entry with { Seats = seats.Keeping(kept, now) })),
            ],
            true);
    }
}
