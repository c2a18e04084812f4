using NodaTime;
using Rdv.Agenda;
using Rdv.Booking;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Waiting;

/// <summary>
/// Offers a slot that was given back to the first of the list whom it suits, before anyone else: the slot is kept for them, they are
/// told, and the chore is done, all in one transaction (docs/adr/0006).
/// </summary>
public sealed class OfferFreedSlot(
    IWaitingStore waiting,
    IChoreStore chores,
    IAgendaStore agenda,
    Writer writer,
    ITerritoryDirectories directories,
    StillWaiting stillWaiting,
    RdvSettings settings,
    IClock clock) : IChoreHandler
{
    /// <summary>One who is told alone may not look for hours; many would run for nothing.</summary>
    public const int MaxTold = 3;

    public string Kind => ChoreKinds.Freed;

    public async Task<bool> RunAsync(Chore chore, CancellationToken cancellationToken)
    {
        while (!(await writer.WriteAsync(chore.Subject.Territory, token => DecideAsync(chore, token), cancellationToken)).Value)
        {
            // Some were crossed off, and the slot is still to be offered to those after them.
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
        List<RowWrite> writes = [new RowWrite.Delete(chore)];

        // Nobody is told when it is too late to come.
        var freed = FreedChore.SlotOf(chore);
        if (freed.Start - HumaneHours.Next(territory, now) < FreedSlot.Lead)
        {
            return new Decision<bool>.Write(writes, true);
        }

        var list = await waiting.ListAsync(territory, cancellationToken);
        if (list.Count == 0)
        {
            return new Decision<bool>.Write(writes, true);
        }

        var date = freed.Start.InZone(territory.Zone).Date;
        var month = await agenda.ReadMonthAsync(territory, freed.AdvisorId, date.ToYearMonth(), cancellationToken);
        var directory = await directories.GetAsync(territory, month, cancellationToken);
        var round = new OfferRound(directory, stillWaiting, settings, now);
        var hold = OfferRound.DrawHold();
        var told = new List<WantedSlot>();
        foreach (var stored in OfferRound.InOrder(list))
        {
            var person = stored.Value;
            if (told.Count == MaxTold)
            {
                break;
            }

            if (round.IsFull)
            {
                return new Decision<bool>.Write(round.Over, false);
            }

            if (person.Workshop is not null
                || !round.MayHear(person)
                || person.MinutesNeeded is not { } minutes
                || freed.For(person.Topic, minutes, person.Means, person.Home, territory) is not { } slot
                || !directory.Advisors.TryGetValue(freed.AdvisorId, out var advisor)
                || !Candidates.IsFree(directory.Rules, advisor, month, slot, new OfferTo(now))
                || !round.Suits(person, freed.Start, slot.Place))
            {
                continue;
            }

            if (await round.StandingAsync(person, cancellationToken) is not { } standing || !standing.IsHelpedBy(freed.Start, territory))
            {
                continue;
            }

            round.Offer(stored, freed.AdvisorId, freed.PlaceId, freed.Start, slot.CellCount * DayGrid.MinutesPerCell, hold);
            told.Add(slot);
        }

        if (told.Count > 0)
        {
            // One hold for all of them: the slot is away from the public, and whoever of them comes first has it.
            var entry = told.MaxBy(slot => slot.CellCount)!.ToHold(hold, round.UntilFor(freed.Start));
            writes.Add(month.Write(new Dictionary<int, DayAgenda> { [date.Day] = month.Day(date).With(entry, now) }, month.HoursVersion));
        }

        return new Decision<bool>.Write([.. writes, .. round.Writes], true);
    }
}
