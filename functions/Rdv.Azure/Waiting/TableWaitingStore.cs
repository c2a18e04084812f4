using Rdv.Azure.Tables;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;
using Rdv.Waiting;

namespace Rdv.Azure.Waiting;

public sealed class TableWaitingStore(RdvTable table) : IWaitingStore
{
    public async Task<Stored<WaitingPerson>?> FindAsync(WaitingId id, CancellationToken cancellationToken)
    {
        if (await table.FindAsync(id.Territory.Code, RowKeys.Waiting(id), null, cancellationToken) is not { } row)
        {
            return null;
        }

        Acting.Saw(id.ToString());
        return new Stored<WaitingPerson>(WaitingRow.Read(row), row.ETag.ToString());
    }

    /// <summary>Read to choose from it: nobody of the staff is shown the list.</summary>
    public async Task<IReadOnlyList<Stored<WaitingPerson>>> ListAsync(Territory territory, CancellationToken cancellationToken)
    {
        var rows = await table.RangeAsync(territory.Code, RowKeys.WaitingList, RowKeys.After(RowKeys.WaitingList), null, cancellationToken);
        return rows.ConvertAll(row => new Stored<WaitingPerson>(WaitingRow.Read(row), row.ETag.ToString()));
    }
}
