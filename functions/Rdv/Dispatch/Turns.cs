using System.Runtime.CompilerServices;
using NodaTime;
using Rdv.Messages;

namespace Rdv.Dispatch;

/// <summary>
/// What one run has to send, in the order in which it leaves: what is urgent, then other news, then what can wait. Inside each the territories
/// take turns, so that none waits for another's backlog, and inside a territory what is of use for the shortest time goes first.
/// </summary>
internal sealed class Turns
{
    private const int Urgent = 0;
    private const int News = 1;
    private const int CanWait = 2;

    // Until the end of tomorrow, wherever and whenever it is.
    private static readonly Duration Soon = Duration.FromDays(2);

    // A territory that does not answer holds up the others for so long; what it answers later comes in as it is.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<List<IReadOnlyList<StoredDue>>, (int Rank, int Turn, int Arrival)> _waiting = new();
    private int _arrivals;

    /// <param name="territory">What is due in one territory: messages that are looked at together stand in one list.</param>
    public void Add(IEnumerable<List<IReadOnlyList<StoredDue>>> territory, Instant now)
    {
        var ranks = territory.ToLookup(together => RankOf(together[0][^1].Message, now));
        lock (_gate)
        {
            foreach (var rank in ranks)
            {
                foreach (var (turn, together) in rank.OrderBy(together => together[0][^1].Message.Deadline).Index())
                {
                    _waiting.Enqueue(together, (rank.Key, turn, _arrivals++));
                }
            }
        }
    }

    /// <param name="listing">Completed when nothing more is added.</param>
    public async IAsyncEnumerable<List<IReadOnlyList<StoredDue>>> TakeAllAsync(
        Task listing, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.WhenAny(listing, Task.Delay(Patience, cancellationToken));
        for (var complete = false; !complete;)
        {
            complete = listing.IsCompleted;
            while (Take() is { } together)
            {
                yield return together;
            }

            if (!complete)
            {
                await Task.WhenAny(listing, Task.Delay(Glance, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private List<IReadOnlyList<StoredDue>>? Take()
    {
        lock (_gate)
        {
            return _waiting.TryDequeue(out var together, out _) ? together : null;
        }
    }

    private static int RankOf(DueMessage message, Instant now) =>
        SendingHours.CanWait(message.Kind) ? CanWait
        // Who asks by hand sits in front of the telephone.
        : message.Deadline - now <= Soon || MessageKinds.IsAgain(message.Kind) || message.Kind == MessageKinds.Link ? Urgent
        : News;
}
