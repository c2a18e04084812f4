using Rdv.Azure.Tables;
using Rdv.Territories;
using Rdv.Waiting;

namespace Rdv.Azure.Waiting;

public sealed class TableDemandStore(RdvTable table) : IDemandStore
{
    public async Task<bool> ExistsAsync(Demand demand, CancellationToken cancellationToken) =>
        await table.FindAsync(demand.Territory.Code, RowKeys.Demand(demand), ["RowKey"], cancellationToken) is not null;

    public async Task<IReadOnlyList<Demand>> ListAsync(Territory territory, string fromWeek, string toWeek, CancellationToken cancellationToken)
    {
        var rows = await table.RangeAsync(
            territory.Code, RowKeys.DemandOf(fromWeek), RowKeys.After(RowKeys.DemandOf(toWeek)), ["RowKey"], cancellationToken);

        // demand|{week}|{insee}|{topic}|{code}
        return rows.ConvertAll(row => row.RowKey.Split('|') is [_, var week, var insee, var topic, var code]
            ? new Demand(territory, week, insee == RowKeys.NoCommune ? null : insee, topic, code)
            : throw new InvalidDataException("A request was counted under a key that nobody writes."));
    }
}
