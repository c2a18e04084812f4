using Azure.Data.Tables;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Territories;
using Rdv.Visits;

namespace Rdv.Azure.Visits;

/// <summary>The row of one visit: its key says it all.</summary>
internal sealed class VisitRow : IRowFormat<Visit>
{
    static bool IRowFormat<Visit>.IsLasting => true;

    public static TableEntity Write(Territory territory, Visit visit) => new(territory.Code, RowKeys.Visit(visit));
}
