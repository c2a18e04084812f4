using Rdv.Appointments;
using Rdv.Ids;
using Rdv.Workshops;

namespace Rdv.Waiting;

/// <summary>A request to be called, as it stands.</summary>
/// <param name="Person">Null once they have booked, or do not wait any more.</param>
/// <param name="Has">The appointment that they would give for an earlier one; null when they have none.</param>
/// <param name="Free">What they were offered and nobody has taken.</param>
public sealed record FoundWaiting(WaitingPerson? Person, Appointment? Has, IReadOnlyList<Offer> Free)
{
    /// <summary>In which they wait for a seat; null for who waits for an hour of an advisor.</summary>
    public Workshop? Workshop { get; init; }

    public static FoundWaiting Closed { get; } = new(null, null, []);
}

/// <summary>Reads a request to be called for someone who may see it. Changes nothing.</summary>
public sealed class FindWaiting(IWaitingStore waiting, StillWaiting stillWaiting, FreeOffers offers, Links links)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<FoundWaiting>> ExecuteAsync(WaitingId id, Access access, CancellationToken cancellationToken) =>
        await waiting.FindAsync(id, cancellationToken) switch
        {
            null when access.OpenedOnce(id, links) => FoundWaiting.Closed,
            { Value: var person } when access.Opens(person, links) => await OfAsync(person, cancellationToken),
            _ => new Refusal.NotFound(),
        };

    /// <summary>Who has booked meanwhile sees what they were offered all the same; who gave up the appointment that was to be earlier has nothing to give.</summary>
    private async Task<FoundWaiting> OfAsync(WaitingPerson person, CancellationToken cancellationToken)
    {
        var standing = person is { InPlaceOf: null, Workshop: null } ? new Standing(Has: null) : await stillWaiting.FindAsync(person, cancellationToken);
        return standing is null
            ? FoundWaiting.Closed
            : new FoundWaiting(
                person,
                standing.Has,
                [.. (await offers.OfAsync(person, cancellationToken)).Where(offer => standing.IsHelpedBy(offer.Start, person.Territory))])
            {
                Workshop = standing.Workshop,
            };
    }
}
