using Rdv.Azure.Tables;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Waiting;

namespace Rdv.Azure.Waiting;

public sealed class TableWaitingStore(RdvTable table) : IWaitingStore
{
    public async Task<Stored<WaitingPerson>?> FindAsync(WaitingId id, CancellationToken cancellationToken) =>
        await table.FindAsync(id.Territory.Code, RowKeys.Waiting(id), null, cancellationToken) is { } row
            ? new Stored<WaitingPerson>(WaitingRow.Read(row), row.ETag.ToString())
            : null;

    public async Task<IReadOnlyList<Stored<WaitingPerson>>> ListAsync(Territory territory, CancellationToken cancellationToken)
    {
        var rows = await table.RangeAsync(territory.Code, RowKeys.WaitingList, RowKeys.After(RowKeys.WaitingList), null, cancellationToken);
        return rows.ConvertAll(row => new Stored<WaitingPerson>(WaitingRow.Read(row), row.ETag.ToString()));
    }
}
