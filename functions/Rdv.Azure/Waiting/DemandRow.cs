using Azure.Data.Tables;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Territories;
using Rdv.Waiting;

namespace Rdv.Azure.Waiting;

/// <summary>The row of one request that could not be met: its key says it all.</summary>
internal sealed class DemandRow : IRowFormat<Demand>
{
    static bool IRowFormat<Demand>.IsLasting => true;

    public static TableEntity Write(Territory territory, Demand demand) => new(territory.Code, RowKeys.Demand(demand));
}
