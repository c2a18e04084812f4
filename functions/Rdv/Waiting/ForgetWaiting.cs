using Rdv.Chores;
using Rdv.Ids;
using Rdv.Transactions;

namespace Rdv.Waiting;

/// <summary>Takes someone off the list who has waited for too long: the list stays short, and no number is kept for nothing.</summary>
public sealed class ForgetWaiting(IWaitingStore waiting, IChoreStore chores, Writer writer) : IChoreHandler
{
    public string Kind => ChoreKinds.Forget;

    public async Task<bool> RunAsync(Chore chore, CancellationToken cancellationToken) => (await writer.WriteAsync<bool>(
        chore.Subject.Territory,
        async token =>
        {
            if (!await chores.IsPendingAsync(chore, token))
            {
                return true;
            }

            List<RowWrite> writes = [new RowWrite.Delete(chore)];
            if (WaitingId.TryFromCode(chore.Subject.Territory, chore.Subject.Code, out var id) && await waiting.FindAsync(id, token) is { Value: var person })
            {
                writes.Add(new RowWrite.Delete(person));
            }

            return new Decision<bool>.Write(writes, true);
        },
        cancellationToken)).Value;
}
