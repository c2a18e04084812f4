using Rdv.Azure.Tables;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Workshops;

namespace Rdv.Azure.Workshops;

public sealed class TableWorkshopStore(RdvTable table) : IWorkshopStore
{
    public async Task<Stored<Workshop>?> ReadAsync(Territory territory, WorkshopId id, CancellationToken cancellationToken) =>
        await table.FindAsync(territory.Code, RowKeys.Workshop(id), null, cancellationToken) is { } row
            ? new Stored<Workshop>(WorkshopRow.Read(row), row.ETag.ToString())
            : null;
}
