using Rdv.Absences;
using Rdv.Azure.Tables;
using Rdv.Territories;

namespace Rdv.Azure.Absences;

public sealed class TableAbsenceStore(RdvTable table) : IAbsenceStore
{
    public async Task<Absence?> FindAsync(Territory territory, AbsenceOwner owner, string id, CancellationToken cancellationToken) =>
        await table.FindAsync(territory.Code, RowKeys.Absence(owner, id), null, cancellationToken) is { } row ? AbsenceRow.Read(row) : null;

    public async Task<IReadOnlyList<Operation>> ListOperationsAsync(Territory territory, CancellationToken cancellationToken) =>
        (await table.RangeAsync(territory.Code, RowKeys.Operations, RowKeys.After(RowKeys.Operations), null, cancellationToken)).ConvertAll(OperationRow.Read);
}
