using System.Security.Cryptography;
using NodaTime;
using Rdv.Agenda;
using Rdv.Calls;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.People;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Waiting;

/// <summary>
/// What one transaction writes of slots that are offered to people who wait: each has the offer in their row and is told of it, and who waits
/// no more is crossed off. The slots themselves are kept by whoever offers them.
/// </summary>
internal sealed class OfferRound(TerritoryDirectory directory, StillWaiting stillWaiting, RdvSettings settings, Instant now)
{
    /// <summary>Farther than people go for an hour with an advisor.</summary>
    public const double MaxKilometres = 40;

    // Of those who wait no more, so many are crossed off in one transaction.
    private const int MaxCrossedOff = 20;

    private readonly List<RowWrite> _told = [];
    private readonly List<RowWrite> _over = [];
    private readonly HashSet<PhoneNumber> _numbers = [];

    /// <summary>Nobody is woken for it.</summary>
    public Instant TellAt { get; } = HumaneHours.Next(directory.Territory, now);

    public int Told => _numbers.Count;

    /// <summary>No more can be crossed off: what was found is written first.</summary>
    public bool IsFull => _over.Count == MaxCrossedOff;

    /// <summary>Those who wait no more.</summary>
    public IReadOnlyList<RowWrite> Over => _over;

    public IEnumerable<RowWrite> Writes => [.. _told, .. _over];

    public static string DrawHold() => "h" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    public static IEnumerable<Stored<WaitingPerson>> InOrder(IEnumerable<Stored<WaitingPerson>> list) => list.OrderBy(stored => stored.Value.Turn);

    /// <summary>Until when a slot is kept. Whole seconds: what is compared is what is stored.</summary>
    public Instant UntilFor(Instant start) =>
        Instant.FromUnixTimeSeconds(Instant.Min(TellAt + settings.OfferDuration, start - settings.MinimumNotice).ToUnixTimeSeconds());

    // Whoever asked several times, or shares a telephone, hears of it once: the others have their turn.
    public bool MayHear(WaitingPerson person) => !_numbers.Contains(person.Citizen.Phone);

    public bool Suits(WaitingPerson person, Instant start, PlaceId place) =>
        person.MayBeOffered(start, now)
        && (person.Insee is null || person.Means != Means.Place || directory.NearnessFrom(person.Insee).KilometresTo(place) is not > MaxKilometres);

    /// <returns>Null when they wait no more: they are crossed off.</returns>
    public async Task<Standing?> StandingAsync(WaitingPerson person, CancellationToken cancellationToken)
    {
        var standing = await stillWaiting.FindAsync(person, cancellationToken);
        if (standing is null)
        {
            _over.Add(new RowWrite.Delete(person));
        }

        return standing;
    }

    public void Offer(Stored<WaitingPerson> stored, AdvisorId advisor, PlaceId place, Instant start, int minutes, string hold)
    {
        var person = stored.Value;
        var offer = new Offer(person.Offered + 1, advisor, place, start, minutes, hold, UntilFor(start));
        _told.Add(new RowWrite.Replace(person.With(offer, now), stored.ETag));
        _told.Add(Tell(person, offer));
        _numbers.Add(person.Citizen.Phone);
    }

    private RowWrite Tell(WaitingPerson person, Offer offer) => person.Citizen.Phone.CanReceiveSms
        ? new RowWrite.Insert(new DueMessage(
            Channel.Sms, TellAt, person.Id.Subject, MessageKinds.Freed, Recipient.Citizen, offer.Number, offer.Until))
        : new RowWrite.Put(CallToMake.Of(person.Id.Subject, CallReasons.Freed, MessageKinds.Freed, TellAt, offer.Number));
}
