using Rdv.Booking;

namespace Rdv.Waiting;

public abstract record WaitingFound
{
    private WaitingFound()
    {
    }

    /// <param name="Free">What they were offered and nobody has taken.</param>
    public sealed record Waits(WaitingPerson Person, IReadOnlyList<Offer> Free) : WaitingFound;

    /// <summary>They have booked, or do not wait any more.</summary>
    public sealed record Closed : WaitingFound;

    /// <summary>There is none, or the key is wrong: guessing learns nothing.</summary>
    public sealed record NotFound : WaitingFound;
}

/// <summary>Reads a request to be called for someone who may see it. Changes nothing.</summary>
public sealed class FindWaiting(IWaitingStore waiting, FreeOffers offers, Links links)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<WaitingFound> ExecuteAsync(WaitingId id, Access access, CancellationToken cancellationToken)
    {
        if (await waiting.FindAsync(id, cancellationToken) is not { Value: var person })
        {
            return access.OpenedOnce(id, links) ? new WaitingFound.Closed() : new WaitingFound.NotFound();
        }

        return access.Opens(person, links)
            ? new WaitingFound.Waits(person, await offers.OfAsync(person, cancellationToken))
            : new WaitingFound.NotFound();
    }
}
