using Rdv.Territories;

namespace Rdv.Transactions;

/// <summary>
/// The one loop that writes: read, decide, write once; after a conflict read and decide again. It alone reasons about lost answers: each
/// write carries an id, by which storage recognises it (docs/adr/0008).
/// </summary>
/// <param name="metrics">Null where nothing is really written: in a rehearsal.</param>
public sealed class Writer(ITransactions transactions, RdvMetrics? metrics = null)
{
    /// <summary>Enough for a crowd on one advisor's month; under it all stays below about three seconds.</summary>
    public const int MaxAttempts = 24;

    /// <summary>A person waits behind most calls, and no call waits longer than 15 s for its answer: what is left is for the answer.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(11);

    private const int LongestPauseMilliseconds = 200;

    /// <param name="decide">Reads and decides. Runs again after a conflict, so it changes nothing by itself.</param>
    /// <returns>What was decided: the value of the rows that were written, or the answer where nothing was to be written.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer: nothing was done.</exception>
    /// <exception cref="ContendedException">Others were faster at every attempt: nothing was done.</exception>
    /// <exception cref="UnknownOutcomeException">Storage was lost after the write had left: it may have been done.</exception>
    public async Task<Result<T>> WriteAsync<T>(
        Territory territory, Func<CancellationToken, Task<Decision<T>>> decide, CancellationToken cancellationToken)
    {
        using var span = Tracing.Start("transaction");
        var (attempts, conflicts, outcome) = (0, 0, default(string));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);

        // Writes whose answer was lost. One may still land, and may land late: each is looked for before anything else is decided.
        var unanswered = new List<(Decision<T>.Write Write, string Id)>();
        try
        {
            for (var attempt = 1; attempt <= MaxAttempts; attempt++)
            {
                attempts = attempt;
                try
                {
                    foreach (var (write, id) in unanswered)
                    {
                        if (await transactions.IsWrittenAsync(territory, write.Rows, id, deadline.Token))
                        {
                            outcome = "written";
                            return write.Value;
                        }
                    }

                    switch (await decide(deadline.Token))
                    {
                        case Decision<T>.Answer { Result: var result }:
                            outcome = result.Refusal?.Code ?? "answered";
                            if (result.Refusal is { } refusal)
                            {
                                metrics?.Refused(refusal);
                            }

                            return result;
                        case Decision<T>.Write write when await CommitAsync(write) is { } value:
                            outcome = "written";
                            return value;
                    }
                }
                catch (StorageUnavailableException) when (unanswered.Count > 0)
                {
                    // Whether it was written is known as soon as storage is back.
                }

                await Task.Delay(Random.Shared.Next(1, Math.Min(LongestPauseMilliseconds, 10 * attempt) + 1), deadline.Token);
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw unanswered.Count > 0
                ? new UnknownOutcomeException("Storage was lost after a write had left.", exception)
                : new StorageUnavailableException("Storage was too slow.", exception);
        }
        finally
        {
            span?.SetTag("rdv.transaction.attempts", attempts).SetTag("rdv.transaction.conflicts", conflicts).SetTag(Tracing.Outcome, outcome);
            if (outcome is null)
            {
                span.Fail("not-written");
            }
        }

        throw unanswered.Count > 0
            ? new UnknownOutcomeException("Storage was lost after a write had left.")
            : new ContendedException("Others were faster at every attempt.");

        async Task<Result<T>?> CommitAsync(Decision<T>.Write write)
        {
            var sent = (write, Guid.NewGuid().ToString("N"));
            unanswered.Add(sent);
            switch (await transactions.CommitAsync(territory, write.Rows, sent.Item2, deadline.Token))
            {
                case CommitOutcome.Committed:
                    return write.Value;
                case CommitOutcome.Conflict:
                    conflicts++;
                    unanswered.Remove(sent);
                    return null;
                default:
                    return null;
            }
        }
    }
}
