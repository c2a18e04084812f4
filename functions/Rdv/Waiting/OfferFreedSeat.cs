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
/// are told, and the chore is done, all in one transaction (docs/adr/0006). Of a course, a seat in each session to come is kept, or none.
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
        if (await workshops.ReadWaitedAsync(territory, id, now, cancellationToken) is not { IsCancelled: false } workshop)
        {
            return new Decision<bool>.Write(writes, true);
        }

        var list = OfferRound.InOrder((await waiting.ListAsync(territory, cancellationToken)).Where(stored => IsWaitedFor(stored.Value, workshop))).ToList();
        if (list.Count == 0 || workshop.Start - HumaneHours.Next(territory, now) < FreedSlot.Lead)
        {
            return new Decision<bool>.Write(writes, true);
        }

        if (await HeldSeats.ReadAsync(agenda, await workshops.WithSessionsAsync(workshop, now, cancellationToken), cancellationToken) is not { } held)
        {
            return new Decision<bool>.ReadAgain();
        }

        if (held.Any(one => one.Seats.LeftAt(now) == 0))
        {
            // Somebody was quicker than the chore, or another session of the course is full.
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
            if (told.GroupBy(offer => offer.Hold).FirstOrDefault(offers => offers.Count() > held.Min(one => one.Seats.Living(now).Count(seat => seat.Hold == offers.Key))) is not { } more)
            {
                return new Decision<bool>.Write([.. writes, .. round.Writes], true);
            }

            kept = new KeptSeat(more.Key, more.First().Until);
        }

        return new Decision<bool>.Write(
            [
                .. writes,
                .. round.Writes,
                .. HeldSeats.Write(held, (seats, _) => seats.Keeping(kept, now)),
            ],
            true);
    }

    // Of a course, whichever of its sessions they have named.
    private static bool IsWaitedFor(WaitingPerson person, Workshop workshop) => person.Workshop is { } waited
        && (waited == workshop.Id || (workshop.Session is { } session && Enumerable.Range(1, session.Course.Sessions).Any(number => session.Course.Session(number) == waited)));
}
