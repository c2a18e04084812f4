using Rdv.Azure.Tables;
using Rdv.Operations;
using Rdv.Territories;

namespace Rdv.Azure.Operations;

public sealed class TableOperationStore(RdvTable table) : IOperationStore
{
    public async Task<IReadOnlyList<Operation>> ListAsync(Territory territory, CancellationToken cancellationToken) =>
        (await table.RangeAsync(territory.Code, RowKeys.Operations, RowKeys.After(RowKeys.Operations), null, cancellationToken)).ConvertAll(OperationRow.Read);
}
