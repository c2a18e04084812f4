using Rdv.Booking;
using Rdv.Transactions;

namespace Rdv.Waiting;

public abstract record LeaveListOutcome
{
    private LeaveListOutcome()
    {
    }

    /// <param name="Repeated">They did not wait any more: nothing changed.</param>
    public sealed record Left(bool Repeated) : LeaveListOutcome;

    public sealed record NotFound : LeaveListOutcome;

    public sealed record Busy : LeaveListOutcome;
}

/// <summary>Crosses someone off the list, at their wish.</summary>
public sealed class LeaveWaitingList(IWaitingStore waiting, ITransactions transactions, Links links)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<LeaveListOutcome> ExecuteAsync(WaitingId id, Access access, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Retries.MaxAttempts; attempt++)
        {
            if (await waiting.FindAsync(id, cancellationToken) is not { Value: var person })
            {
                return access.OpenedOnce(id, links) ? new LeaveListOutcome.Left(Repeated: attempt == 1) : new LeaveListOutcome.NotFound();
            }

            if (!access.Opens(person, links))
            {
                return new LeaveListOutcome.NotFound();
            }

            if (await transactions.CommitAsync(id.Territory, [new RowWrite.Delete(person)], cancellationToken) == CommitOutcome.Committed)
            {
                return new LeaveListOutcome.Left(Repeated: false);
            }

            await Retries.PauseAsync(attempt, cancellationToken);
        }

        return new LeaveListOutcome.Busy();
    }
}
