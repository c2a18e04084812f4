using Rdv.Chores;
using Rdv.Transactions;

namespace Rdv.Waiting;

/// <summary>Takes someone off the list who has waited for too long: the list stays short, and no number is kept for nothing.</summary>
public sealed class ForgetWaiting(IWaitingStore waiting, ITransactions transactions) : IChoreHandler
{
    public string Kind => ChoreKinds.Forget;

    public async Task<bool> RunAsync(Chore chore, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Retries.MaxAttempts; attempt++)
        {
            List<RowWrite> writes = [new RowWrite.Delete(chore)];
            if (WaitingId.TryFromCode(chore.Subject.Territory, chore.Subject.Code, out var id) && await waiting.FindAsync(id, cancellationToken) is { Value: var person })
            {
                writes.Add(new RowWrite.Delete(person));
            }

            switch (await transactions.CommitAsync(chore.Subject.Territory, writes, cancellationToken))
            {
                case CommitOutcome.Committed:
                case CommitOutcome.Conflict when writes.Count == 1:
                    return true;
            }

            await Retries.PauseAsync(attempt, cancellationToken);
        }

        return false;
    }
}
