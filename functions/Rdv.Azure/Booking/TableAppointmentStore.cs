using Rdv.Azure.Tables;
using Rdv.Booking;
using Rdv.Territories;

namespace Rdv.Azure.Booking;

public sealed class TableAppointmentStore(RdvTable table) : IAppointmentStore
{
    public async Task<Stored<Appointment>?> ReadAsync(AppointmentReference reference, CancellationToken cancellationToken) =>
        await table.FindAsync(reference.Territory.Code, RowKeys.Appointment(reference), null, cancellationToken) is { } row
            ? new Stored<Appointment>(AppointmentRow.Read(row), row.ETag.ToString())
            : null;

    public async Task<IReadOnlyList<PhoneEntry>> FindByPhoneAsync(Territory territory, PhoneIndex index, CancellationToken cancellationToken)
    {
        var prefix = RowKeys.Phone(index);
        var rows = await table.RangeAsync(territory.Code, prefix, RowKeys.After(prefix), null, cancellationToken);
        return rows.ConvertAll(row => PhoneRow.Read(row, territory, index));
    }

    public async Task<AppointmentHistory> ReadHistoryAsync(AppointmentReference reference, CancellationToken cancellationToken)
    {
        var prefix = RowKeys.Log(reference);
        return LogRow.Read(reference, await table.RangeAsync(reference.Territory.Code, prefix, RowKeys.After(prefix), null, cancellationToken));
    }
}
