using Rdv.Calls;
using Rdv.Chores;
using Rdv.Transactions;

namespace Rdv.Privacy;

/// <summary>Takes the note of a call away. That somebody was called, and what came of it, stays.</summary>
public sealed class ForgetNote(IChoreStore chores, Writer writer) : IChoreHandler
{
    public string Kind => ChoreKinds.Note;

    public async Task<bool> RunAsync(Chore chore, CancellationToken cancellationToken) => (await writer.WriteAsync<bool>(
        chore.Subject.Territory,
        async token => await chores.IsPendingAsync(chore, token)
            ? new Decision<bool>.Write([new RowWrite.Delete(chore), new RowWrite.Put(NoteChore.LogOf(chore))], true)
            : true,
        cancellationToken)).Value;
}
