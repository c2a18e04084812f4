using Azure.Data.Tables;
using Rdv.Appointments;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Booking;
using Rdv.Territories;

namespace Rdv.Azure.Booking;

/// <summary>The row that one number's bookings by itself write one after the other.</summary>
internal sealed class PhoneTurnRow : IRowFormat<PhoneTurn>
{
    public static TableEntity Write(Territory territory, PhoneTurn turn) =>
        new TableEntity(territory.Code, RowKeys.PhoneTurn(turn.Index)).With("Last", turn.Last.Code);
}
