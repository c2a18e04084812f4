using Rdv.Azure.Tables;
using Rdv.Privacy;
using Rdv.Territories;

namespace Rdv.Azure.Privacy;

public sealed class TableForgottenDaysStore(RdvTable table) : IForgottenDaysStore
{
    public async Task<ForgottenDays?> FindAsync(Territory territory, CancellationToken cancellationToken) =>
        await table.FindAsync(territory.Code, RowKeys.Forgotten, null, cancellationToken) is { } row ? ForgottenDaysRow.Read(row) : null;
}
