using System.Security.Cryptography;
using NodaTime;
using Rdv.Agenda;
using Rdv.Booking;
using Rdv.Calls;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.People;
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

    /// <summary>Farther than people go for an hour with an advisor.</summary>
    public const double MaxKilometres = 40;

    // Of those who wait no more, so many are crossed off in one transaction.
    private const int MaxCrossedOff = 20;

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
        var tellAt = HumaneHours.Next(territory, now);

        List<RowWrite> writes = [new RowWrite.Delete(chore)];

        // Nobody is woken for it, and nobody is told when it is too late to come.
        var freed = FreedChore.SlotOf(chore);
        if (freed.Start - tellAt < FreedSlot.Lead)
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

        // Whole seconds: what is compared is what is stored.
        var until = Instant.FromUnixTimeSeconds(Instant.Min(tellAt + settings.OfferDuration, freed.Start - settings.MinimumNotice).ToUnixTimeSeconds());
        var hold = "h" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var over = new List<RowWrite>();
        var told = new List<WantedSlot>();
        var numbers = new HashSet<PhoneNumber>();
        foreach (var stored in list.OrderBy(stored => stored.Value.CreatedAt).ThenBy(stored => stored.Value.Id.Code, StringComparer.Ordinal))
        {
            var person = stored.Value;
            if (told.Count == MaxTold)
            {
                break;
            }

            if (over.Count == MaxCrossedOff)
            {
                return new Decision<bool>.Write(over, false);
            }

            if (!person.MayBeOffered(freed, now)
                || freed.For(person.Topic, person.Means, territory) is not { } slot
                || !directory.Advisors.TryGetValue(freed.AdvisorId, out var advisor)
                || !Candidates.IsFree(directory.Rules, advisor, month, slot, new OfferTo(now))
                || !IsNear(person, slot, directory)
                // Whoever asked several times, or shares a telephone, hears of one slot once: the others have their turn.
                || numbers.Contains(person.Citizen.Phone))
            {
                continue;
            }

            if (await stillWaiting.FindAsync(person, cancellationToken) is not { } standing)
            {
                over.Add(new RowWrite.Delete(person));
                continue;
            }

            if (!standing.IsHelpedBy(freed.Start, territory))
            {
                continue;
            }

            var offer = new Offer(
                person.Offered + 1, freed.AdvisorId, freed.PlaceId, freed.Start, slot.CellCount * DayGrid.MinutesPerCell, hold, until);
            writes.Add(new RowWrite.Replace(person.With(offer, now), stored.ETag));
            writes.Add(Tell(person, offer, tellAt));
            told.Add(slot);
            numbers.Add(person.Citizen.Phone);
        }

        if (told.Count > 0)
        {
            // One hold for all of them: the slot is away from the public, and whoever of them comes first has it.
            var longest = told.MaxBy(slot => slot.CellCount)!;
            var entry = new AgendaEntry(EntryKind.Hold, longest.StartCell, longest.CellCount, hold, longest.Topic, longest.Place, Expires: until);
            writes.Add(month.Write(new Dictionary<int, DayAgenda> { [date.Day] = month.Day(date).With(entry, now) }, month.HoursVersion));
        }

        return new Decision<bool>.Write([.. writes, .. over], true);
    }

    private static bool IsNear(WaitingPerson person, WantedSlot slot, TerritoryDirectory directory) =>
        person.Insee is null || person.Means == Means.Phone || Nearness.From(person.Insee, directory).KilometresTo(slot.Place) is not > MaxKilometres;

    private static RowWrite Tell(WaitingPerson person, Offer offer, Instant at) => person.Citizen.Phone.CanReceiveSms
        ? new RowWrite.Insert(new DueMessage(
            Channel.Sms, at, person.Id.Subject, MessageKinds.Freed, Recipient.Citizen, offer.Number, offer.Until))
        : new RowWrite.Put(CallToMake.Of(person.Id.Subject, CallReasons.Freed, MessageKinds.Freed, at, offer.Number));
}
