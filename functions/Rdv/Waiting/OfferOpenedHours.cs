using NodaTime;
using Rdv.Agenda;
using Rdv.Booking;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Waiting;

/// <summary>
/// Offers hours that were opened to those who wait, in the order of asking, before anyone else: each has a slot of their own, kept for them
/// as a freed one is (docs/adr/0006).
/// </summary>
public sealed class OfferOpenedHours(
    IWaitingStore waiting,
    IChoreStore chores,
    IAgendaStore agenda,
    Writer writer,
    ITerritoryDirectories directories,
    StillWaiting stillWaiting,
    RdvSettings settings,
    IClock clock) : IChoreHandler
{
    /// <summary>So many are offered a slot in one transaction; those after them in the next.</summary>
    public const int MaxTold = 10;

    public string Kind => ChoreKinds.Opened;

    public async Task<bool> RunAsync(Chore chore, CancellationToken cancellationToken)
    {
        for (Chore? next = chore; next is not null;)
        {
            var current = next;
            next = (await writer.WriteAsync(chore.Subject.Territory, token => DecideAsync(current, token), cancellationToken)).Value.Next;
        }

        return true;
    }

    private async Task<Decision<Step>> DecideAsync(Chore chore, CancellationToken cancellationToken)
    {
        // As stored: another run may be further down the list.
        if ((await chores.FindAsync(chore, cancellationToken)) is not { Value: var current, ETag: var etag })
        {
            return Step.Done;
        }

        var now = clock.GetCurrentInstant();
        var territory = chore.Subject.Territory;
        var opened = OpenedHours.Of(current);
        var list = await waiting.ListAsync(territory, cancellationToken);
        if (list.Count == 0)
        {
            return new Decision<Step>.Write([new RowWrite.Delete(current, etag)], Step.Done);
        }

        // The change may be news of this second, written by another instance.
        var directory = await directories.ReloadAsync(territory, cancellationToken);
        var round = new OfferRound(directory, stillWaiting, settings, now);
        var slots = new OpenedSlots(
            directory, await ReadAsync(territory, opened, cancellationToken), opened.Times, EarliestAt(territory, round), OfferWindow.Of(territory, now, settings).LastDay, now);
        foreach (var stored in OfferRound.InOrder(list))
        {
            var person = stored.Value;
            if (person.Workshop is not null || person.Turn <= opened.After)
            {
                continue;
            }

            if (round.Told == MaxTold || round.IsFull)
            {
                var rest = opened.Continuing(current);
                return new Decision<Step>.Write([new RowWrite.Replace(rest, etag), .. slots.Writes, .. round.Writes], new Step(rest));
            }

            opened = opened with { After = person.Turn };
            if (round.MayHear(person) && slots.For(person).Any(slot => Suits(person, slot)) && await round.StandingAsync(person, cancellationToken) is { } standing
                && slots.For(person).FirstOrDefault(slot => Suits(person, slot) && standing.IsHelpedBy(StartOf(slot), territory)) is { } first)
            {
                var hold = OfferRound.DrawHold();
                round.Offer(stored, first.Advisor.Id, first.Slot.Place, StartOf(first), first.Slot.CellCount * DayGrid.MinutesPerCell, hold);
                slots.Keep(first, hold, round.UntilFor(StartOf(first)));
            }
        }

        return new Decision<Step>.Write([new RowWrite.Delete(current, etag), .. slots.Writes, .. round.Writes], Step.Done);

        Instant StartOf(OpenedSlot slot) => slot.Slot.Start.InZoneLeniently(territory.Zone).ToInstant();

        bool Suits(WaitingPerson person, OpenedSlot slot) => round.Suits(person, StartOf(slot), slot.Slot.Place);
    }

    private static LocalDateTime EarliestAt(Territory territory, OfferRound round) => (round.TellAt + FreedSlot.Lead).InZone(territory.Zone).LocalDateTime;

    private async Task<IReadOnlyList<StoredMonth>> ReadAsync(Territory territory, OpenedHours opened, CancellationToken cancellationToken) =>
        await Task.WhenAll(opened.Advisors.SelectMany(advisor => opened.Times
            .Select(time => time.Date.ToYearMonth())
            .Distinct()
            .Select(month => agenda.ReadMonthAsync(territory, advisor, month, cancellationToken))));

    /// <param name="Next">What is left of the chore; null when it is done.</param>
    private sealed record Step(Chore? Next)
    {
        public static Step Done { get; } = new((Chore?)null);
    }
}
