using Azure.Data.Tables;
using NodaTime;
using Rdv.Absences;
using Rdv.Azure.Tables;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Azure.Absences;

public sealed class TableAbsenceStore(RdvTable table) : IAbsenceStore
{
    public async Task<Stored<Absence>?> FindAsync(Territory territory, AbsenceOwner owner, string id, CancellationToken cancellationToken) =>
        await table.FindAsync(territory.Code, RowKeys.Absence(owner, id), null, cancellationToken) is { } row
            ? new Stored<Absence>(AbsenceRow.Read(row), row.ETag.ToString())
            : null;

    public async Task<IReadOnlyList<Absence>> ListAsync(Territory territory, AbsenceOwner owner, CancellationToken cancellationToken) =>
        (await table.RangeAsync(territory.Code, RowKeys.AbsencesOf(owner), RowKeys.After(RowKeys.AbsencesOf(owner)), null, cancellationToken)).ConvertAll(AbsenceRow.Read);

    /// <summary>A comparison is true of no row that lacks the column.</summary>
    public async Task<IReadOnlyList<Absence>> ListExplainedAsync(Territory territory, LocalDateTime endedBefore, CancellationToken cancellationToken) =>
        (await table.RangeAsync(
            territory.Code,
            RowKeys.Absences,
            RowKeys.After(RowKeys.Absences),
            null,
            cancellationToken,
            where: TableClient.CreateQueryFilter($"To lt {AbsenceRow.Wall.Format(endedBefore)} and Reason ge {""}"))).ConvertAll(AbsenceRow.Read);
}
