using Rdv.Appointments;
using Rdv.Ids;
using Rdv.Transactions;

namespace Rdv.Waiting;

/// <summary>Crosses someone off the list, at their wish. Who does not wait any more hears the same.</summary>
public sealed class LeaveWaitingList(IWaitingStore waiting, Writer writer, Links links)
{
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public Task<Result<WaitingId>> ExecuteAsync(WaitingId id, Access access, CancellationToken cancellationToken) => writer.WriteAsync<WaitingId>(
        id.Territory,
        async token => await waiting.FindAsync(id, token) switch
        {
            null when access.OpenedOnce(id, links) => id,
            { Value: var person } when access.Opens(person, links) => new Decision<WaitingId>.Write([new RowWrite.Delete(person)], id),
            _ => new Refusal.NotFound(),
        },
        cancellationToken);
}
