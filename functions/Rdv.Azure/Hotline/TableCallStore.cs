using NodaTime;
using Rdv.Azure.Booking;
using Rdv.Azure.Tables;
using Rdv.Calls;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Azure.Hotline;

public sealed class TableCallStore(RdvTable table) : ICallStore
{
    public async Task<IReadOnlyList<CallToMake>> ListAsync(Territory territory, Instant until, CancellationToken cancellationToken)
    {
        var rows = await table.RangeAsync(territory.Code, RowKeys.Calls, RowKeys.CallsAfter(until), null, cancellationToken);
        return rows.ConvertAll(CallRow.Read);
    }

    public async Task<IReadOnlyList<CallLog>> ListMadeAsync(Subject subject, CancellationToken cancellationToken)
    {
        var prefix = RowKeys.LogOfCalls(subject);
        var rows = await table.RangeAsync(subject.Territory.Code, prefix, RowKeys.After(prefix), null, cancellationToken);
        return rows.ConvertAll(row => LogRow.ReadCall(subject, row));
    }

    public async Task<CallToMake?> FindAsync(CallId id, CancellationToken cancellationToken) =>
        await table.FindAsync(id.Territory.Code, RowKeys.Calls + id.Id, null, cancellationToken) is { } row ? CallRow.Read(row) : null;
}
