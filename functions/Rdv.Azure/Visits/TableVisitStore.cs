using Rdv.Azure.Tables;
using Rdv.Visits;

namespace Rdv.Azure.Visits;

public sealed class TableVisitStore(RdvTable table) : IVisitStore
{
    public async Task<bool> ExistsAsync(Visit visit, CancellationToken cancellationToken) =>
        await table.FindAsync(visit.Territory.Code, RowKeys.Visit(visit), ["RowKey"], cancellationToken) is not null;
}
