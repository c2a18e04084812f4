using Rdv.Appointments;
using Rdv.Ids;

namespace Rdv.Waiting;

/// <summary>A request to be called, as it stands.</summary>
/// <param name="Person">Null once they have booked, or do not wait any more.</param>
/// <param name="Free">What they were offered and nobody has taken.</param>
public sealed record FoundWaiting(WaitingPerson? Person, IReadOnlyList<Offer> Free);

/// <summary>Reads a request to be called for someone who may see it. Changes nothing.</summary>
public sealed class FindWaiting(IWaitingStore waiting, FreeOffers offers, Links links)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<FoundWaiting>> ExecuteAsync(WaitingId id, Access access, CancellationToken cancellationToken) =>
        await waiting.FindAsync(id, cancellationToken) switch
        {
            null when access.OpenedOnce(id, links) => new FoundWaiting(null, []),
            { Value: var person } when access.Opens(person, links) => new FoundWaiting(person, await offers.OfAsync(person, cancellationToken)),
            _ => new Refusal.NotFound(),
        };
}
