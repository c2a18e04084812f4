using Azure.Data.Tables;
using NodaTime.Text;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Privacy;
using Rdv.Territories;

namespace Rdv.Azure.Privacy;

/// <summary>The one row of a territory that says how far its people are forgotten.</summary>
internal sealed class ForgottenDaysRow : IRowFormat<ForgottenDays>
{
    public static TableEntity Write(Territory territory, ForgottenDays days) =>
        new TableEntity(territory.Code, RowKeys.Forgotten).With("Through", LocalDatePattern.Iso.Format(days.Through));

    public static ForgottenDays Read(TableEntity row) => new(LocalDatePattern.Iso.Parse(row.Text("Through")).Value);
}
