using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Agenda;

/// <summary>Writes, and lets what this process remembers of the agenda know at once.</summary>
public sealed class RememberedTransactions(ITransactions transactions, RecentAgendas recent) : ITransactions
{
    public async Task<CommitOutcome> CommitAsync(
        Territory territory, IReadOnlyList<RowWrite> writes, string writeId, CancellationToken cancellationToken)
    {
        var days = writes.Select(write => write.Row).OfType<AgendaDays>().ToList();
        if (days.Count == 0)
        {
            return await transactions.CommitAsync(territory, writes, writeId, cancellationToken);
        }

        // Nothing is said of it: the writer may have been cancelled on the way.
        var outcome = CommitOutcome.Unknown;
        try
        {
            return outcome = await transactions.CommitAsync(territory, writes, writeId, cancellationToken);
        }
        finally
        {
            switch (outcome)
            {
                case CommitOutcome.Committed:
                    days.ForEach(written => recent.Apply(territory, written));
                    break;
                case CommitOutcome.Unknown:
                    recent.Forget(territory);
                    break;
            }
        }
    }

    public Task<bool> IsWrittenAsync(Territory territory, IReadOnlyList<RowWrite> writes, string writeId, CancellationToken cancellationToken) =>
        transactions.IsWrittenAsync(territory, writes, writeId, cancellationToken);
}
